using Microsoft.EntityFrameworkCore;
using RealEstateOs.Platform.Persistence;
using RealEstateOs.Platform.Problems;

namespace RealEstateOs.Platform.Contacts;

/// <summary>The same mailbox or the same number within the organization is the same person.</summary>
public static class SamePerson
{
    /// <summary>
    /// What <paramref name="alike"/> finds by a person's address, number and the like (<paramref name="keys"/>). They stay locked until the
    /// transaction ends, so that of many identical submissions at once one is new and all others find it.
    /// </summary>
    public static async Task<IReadOnlyList<T>> LikeAsync<T>(
        this ModuleDb db, IReadOnlyCollection<string?> keys, IQueryable<T> alike, bool toMerge, CancellationToken ct)
        where T : class, IImportedPerson
    {
        if (keys.All(key => key is null)) return [];
        // Who is refused anyway need not queue for the lock.
        if (!toMerge && await alike.AsNoTracking().ToListAsync(ct) is { Count: > 0 } known) return known;
        await db.LockPeopleAsync(keys, ct);
        return [.. (await alike.ToListAsync(ct)).Distinct()];
    }

    /// <summary>Reads <c>on_duplicate</c>: reject (default) or merge.</summary>
    public static bool Merges(string? onDuplicate) => onDuplicate switch
    {
        null or "reject" => false,
        "merge" => true,
        _ => throw Problem.Invalid(FieldError.Format("on_duplicate", "must be reject or merge") with { In = "query" }),
    };

    /// <summary>
    /// Holds addresses and numbers until the transaction ends; in one order for everybody, so that two never wait for each other.
    /// </summary>
    public static Task LockPeopleAsync(this ModuleDb db, IEnumerable<string?> keys, CancellationToken ct)
    {
        var names = keys.OfType<string>().Distinct().Select(key => $"{db.Schema}:{db.CurrentOrganization.Value}:{key}")
            .Order(StringComparer.Ordinal).ToArray();
        return db.Database.ExecuteSqlAsync(
            $"""
             select pg_advisory_xact_lock(hashtextextended(name, 0))
             from unnest({names}) with ordinality as keys(name, place) order by place
             """, ct);
    }

    /// <summary>email, phone, or both. Who is known by neither had what was given before a merge.</summary>
    public static string[] MatchedOn(IImportedPerson given, IImportedPerson existing)
    {
        (string Member, string? Key, string? Theirs)[] keys =
            [("email", given.EmailNormalised, existing.EmailNormalised), ("phone", given.PhoneE164, existing.PhoneE164)];
        var said = keys.Where(k => k.Key is not null).ToArray();
        return said.Where(k => k.Key == k.Theirs).Select(k => k.Member).ToArray() is { Length: > 0 } same ? same
            : [.. said.Select(k => k.Member)];
    }
}
