using System.Text.Json;
using System.Text.Json.Nodes;
using RealEstateOs.Platform.Contacts;
using RealEstateOs.Platform.Problems;
using RealEstateOs.Platform.Serialization;

namespace RealEstateOs.Platform.Imports;

/// <summary>
/// The people of a batch of rows: found again by external id; the same mailbox or number is the same person, who may not be there twice.
/// An address that a row of the batch gives up is free from the next batch on.
/// </summary>
public sealed class ImportedPeople<T> where T : class, IImportedPerson
{
    private readonly Dictionary<string, T> byKey = new(StringComparer.Ordinal), byEmail = new(StringComparer.Ordinal),
        byPhone = new(StringComparer.Ordinal), byReference = new(StringComparer.Ordinal);
    private readonly HashSet<T> added = [];

    /// <summary>Takes in a record that is here already, or one that a row adds.</summary>
    public void Know(T person, bool isNew = false)
    {
        if (person.ExternalId is { } key) byKey[key] = person;
        if (person.EmailNormalised is { } email) byEmail.TryAdd(email, person);
        if (person.PhoneE164 is { } phone) byPhone.TryAdd(phone, person);
        if (isNew) added.Add(person);
        else byReference[person.Reference] = person;
    }

    /// <summary>Also found by an address or number that is not, or no longer, its own.</summary>
    public void KnowAs(T person, string address) => (address.StartsWith('+') ? byPhone : byEmail).TryAdd(address, person);

    public T? Find(string? key) => key is null ? null : byKey.GetValueOrDefault(key);

    /// <summary>By our own reference.</summary>
    public T? FindOwn(string? reference) => reference is null ? null : byReference.GetValueOrDefault(reference);

    /// <summary>Who has this normalised address or number; null where nobody has, or two people have one each.</summary>
    public T? Alike(string? email, string? phone)
    {
        var (one, other) = (email is null ? null : byEmail.GetValueOrDefault(email),
            phone is null ? null : byPhone.GetValueOrDefault(phone));
        return one is null || other is null || one == other ? one ?? other : null;
    }

    public bool IsNew(T person) => added.Contains(person);

    /// <summary>Somebody else with this normalised address or number.</summary>
    public IEnumerable<FieldError> Duplicates(T? self, string? email, string? phone)
    {
        if (email is not null && byEmail.TryGetValue(email, out var same) && same != self) yield return Duplicate("email", same);
        if (phone is not null && byPhone.TryGetValue(phone, out same) && same != self) yield return Duplicate("phone", same);
    }

    private FieldError Duplicate(string member, T person) => new(
        member, $"is that of {(IsNew(person) ? $"an earlier row, {person.FullName}" : $"{person.Reference}, who is here already")}",
        ErrorCodes.AlreadyExists, "value_error.already_exists");
}

/// <summary>A name in one column, as two members.</summary>
public static class PersonNames
{
    public const string Full = "full_name";

    /// <summary>The headings of a column with the whole name.</summary>
    public static ImportMember Member(params string[] headings) =>
        new(Full, CellKind.Text, ["name", "contact_name", "customer_name", .. headings]);

    /// <summary>A file may have one column for both.</summary>
    public static string? Fallback(string member, IReadOnlySet<string> mapped) =>
        member is "first_name" or "last_name" && mapped.Contains(Full) ? "{" + Full + "}" : null;

    /// <summary>The last word is the family's; who has one word has no family name.</summary>
    public static (string First, string Last) Split(string whole)
    {
        var words = whole.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        return words.Length > 1 ? (string.Join(' ', words[..^1]), words[^1]) : (whole.Trim(), "");
    }

    /// <summary>
    /// The row with first_name and last_name out of full_name where it has only that: the last word is the family's. A new person may have
    /// one name.
    /// </summary>
    public static JsonElement Split(JsonElement row, bool isNew = false)
    {
        if (!row.TryGetProperty(Full, out var full) || full.ValueKind != JsonValueKind.String) return isNew ? OneName(row) : row;
        var members = JsonNode.Parse(row.GetRawText())!.AsObject();
        var whole = full.GetString()!;
        var (first, last) = Split(whole);
        if (IsUnsaid("first_name")) members["first_name"] = first;
        if (IsUnsaid("last_name")) members["last_name"] = last;
        return JsonSerializer.SerializeToElement(members, Json.Options);

        bool IsUnsaid(string member) =>
        !row.TryGetProperty(member, out var said) || (said.ValueKind == JsonValueKind.String && said.GetString() == whole);
    }

    private static JsonElement OneName(JsonElement row)
    {
        var (first, last) = (row.TryGetProperty("first_name", out var one), row.TryGetProperty("last_name", out var other));
        if (first == last) return row;
        var members = JsonNode.Parse(row.GetRawText())!.AsObject();
        members["first_name"] = JsonNode.Parse((first ? one : other).GetRawText());
        members["last_name"] = "";
        return JsonSerializer.SerializeToElement(members, Json.Options);
    }
}

/// <summary>Metadata that a file does not speak of stays.</summary>
public static class ImportedMetadata
{
    /// <summary>The old object with the given members; the old one itself where nothing is new, so that nothing seems changed.</summary>
    public static JsonElement? Merge(JsonElement? old, JsonElement? given)
    {
        if (old is not { ValueKind: JsonValueKind.Object } before || given is not { ValueKind: JsonValueKind.Object } after)
            return given ?? old;
        var merged = JsonNode.Parse(before.GetRawText())!.AsObject();
        foreach (var member in after.EnumerateObject()) merged[member.Name] = JsonNode.Parse(member.Value.GetRawText());
        var result = JsonSerializer.SerializeToElement(merged, Json.Options);
        return JsonElement.DeepEquals(before, result) ? old : result;
    }
}
