using System.Globalization;
using System.Linq.Expressions;
using System.Reflection;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Caching.Memory;
using Microsoft.Extensions.DependencyInjection;
using RealEstateOs.Platform.Authorization;

namespace RealEstateOs.Platform.Http.Lists;

/// <summary>
/// How many rows a list has, by one rule for all lists: counted with the page up to <see cref="Bound"/>. A list beyond that is
/// counted to its end, and the figure is kept for a hundred times as long as that took, ten seconds at most: so counting never
/// costs more than a hundredth of the time, however large the office.
/// </summary>
internal sealed class Totals(TimeProvider clock) : IDisposable
{
    public const int Bound = 10_000;

    private const int TimesKept = 100;
    private static readonly TimeSpan LongestKept = TimeSpan.FromSeconds(10);

    private readonly MemoryCache kept = new(new MemoryCacheOptions { SizeLimit = 10_000 });

    /// <summary>Counts no further than to the bound and one more, as a part of another query.</summary>
    public static Expression Bounded<T>(IQueryable<T> rows)
    {
        var some = Expression.Call(Methods<T>.Take, rows.Expression, Expression.Constant(Bound + 1));
        return Expression.Call(Methods<T>.Count, some);
    }

    // By its name each would be looked for among all of Queryable, at every request.
    private static class Methods<T>
    {
        public static readonly MethodInfo Take = new Func<IQueryable<T>, int, IQueryable<T>>(Queryable.Take).Method;
        public static readonly MethodInfo Count = new Func<IQueryable<T>, int>(Queryable.Count).Method;
    }

    public static async Task<long> OfAsync<T>(ListRequest request, int? counted, IQueryable<T> rows, CancellationToken ct)
    {
        if (counted is { } exact and <= Bound) return exact;
        return await request.Http.RequestServices.GetRequiredService<Totals>().OfManyAsync(KeyOf(request), () => rows.LongCountAsync(ct));
    }

    private async Task<long> OfManyAsync(string key, Func<Task<long>> count)
    {
        var now = clock.GetUtcNow();
        if (kept.TryGetValue(key, out Total? known) && known!.Serves(now)) return known.Value;
        var started = clock.GetTimestamp();
        var value = await count();
        var lifetime = TimeSpan.FromTicks(Math.Min(clock.GetElapsedTime(started).Ticks * TimesKept, LongestKept.Ticks));
        kept.Set(key, new Total(value, lifetime, clock.GetUtcNow()),
            new MemoryCacheEntryOptions { Size = 1, AbsoluteExpirationRelativeToNow = 2 * lifetime });
        return value;
    }

    // Of one user, as that user may see it now: what somebody else may count is never told.
    private static string KeyOf(ListRequest request)
    {
        var user = request.Http.RequestServices.GetRequiredService<CurrentUser>();
        var filters = request.Http.Request.Query
            .Where(q => q.Key is not ("limit" or "offset" or "skip" or "sort" or "after" or SparseFields.Parameter))
            .OrderBy(q => q.Key, StringComparer.Ordinal)
            .Select(q => $"{q.Key}={string.Join('\u0001', q.Value.ToArray())}");
        var rights = user.IsSignedIn ? string.Join(',', user.Principal.Permissions) : "";
        return string.Create(CultureInfo.InvariantCulture,
            $"{(user.IsSignedIn ? user.Id.Value : 0)}\0{request.Http.Request.Path}\0{string.Join('\0', filters)}\0{rights}");
    }

    public void Dispose() => kept.Dispose();

    private sealed class Total(long value, TimeSpan lifetime, DateTimeOffset counted)
    {
        private long until = (counted + lifetime).Ticks;

        public long Value => value;

        /// <summary>Once it is old, one caller counts again; the others make do with it meanwhile.</summary>
        public bool Serves(DateTimeOffset now)
        {
            var seen = Interlocked.Read(ref until);
            return now.Ticks < seen || Interlocked.CompareExchange(ref until, (now + lifetime).Ticks, seen) != seen;
        }
    }
}
