using Microsoft.EntityFrameworkCore;
using RealEstateOs.Contracts.Social;
using RealEstateOs.Platform.Persistence;
using RealEstateOs.Platform.Tenancy;

namespace RealEstateOs.Social.Planning;

/// <summary>Where a posting time comes from.</summary>
public enum PostingTimeSource { OwnEngagement, DefaultTable }

/// <summary>When posts of a network do best, and how much is expected of one.</summary>
internal sealed record NetworkHabits(SocialPlatform Platform, IReadOnlyList<TimeOnly> Slots, PostingTimeSource Source, long? ExpectedReach,
    int Measured);

/// <summary>
/// Times of day for posts, by the office's clock: the hours in which its own posts of the last 180 days had the best engagement, once at
/// least <see cref="Enough"/> of a network were measured; until then a table. The table: lunch and early evening, when people look at
/// their phones, and office hours for LinkedIn (Sprout Social, "Best times to post", 2025: weekdays 9–18 h, LinkedIn before noon,
/// Instagram from 11 h and in the evening).
/// </summary>
internal sealed class PostingTimes(SocialDb db, TimeProvider clock)
{
    public const int Enough = 20;
    private const int LeastInAnHour = 3;

    private static readonly Dictionary<SocialPlatform, TimeOnly[]> Table = new()
    {
        [SocialPlatform.Instagram] = [new(18, 0), new(12, 0), new(20, 0)],
        [SocialPlatform.Facebook] = [new(13, 0), new(18, 30), new(10, 0)],
        [SocialPlatform.Linkedin] = [new(9, 0), new(12, 30), new(16, 30)],
        [SocialPlatform.X] = [new(9, 30), new(17, 30), new(13, 0)],
    };

    /// <summary>Of all networks, in one query.</summary>
    public async Task<IReadOnlyDictionary<SocialPlatform, NetworkHabits>> OfAsync(TimeZoneInfo zone, CancellationToken ct)
    {
        var since = clock.Now().AddDays(-180);
        var measured = await db.Posts.AsNoTracking().Where(p => p.PublishedAt >= since)
            .Select(p => new
            {
                p.Platform, At = p.PublishedAt!.Value,
                Last = db.Insights.Where(i => i.PostId == p.Id).OrderByDescending(i => i.MeasuredAt)
                    .Select(i => new { i.Reach, i.Likes, i.Comments, i.Shares, i.Saves }).FirstOrDefault(),
            }).Where(p => p.Last != null && p.Last.Reach > 0).ToListAsync(ct);
        return Table.Keys.ToDictionary(p => p, platform =>
        {
            var own = measured.Where(m => m.Platform == platform).ToArray();
            var best = own.Length < Enough ? []
                : own.GroupBy(m => TimeZoneInfo.ConvertTime(m.At, zone).Hour).Where(h => h.Count() >= LeastInAnHour)
                    .OrderByDescending(
                        h =>
                            h.Average(m => (double)((m.Last!.Likes ?? 0) + (m.Last.Comments ?? 0) + (m.Last.Shares ?? 0)
                                + (m.Last.Saves ?? 0)) / m.Last.Reach!.Value))
                    .Take(3).Select(h => new TimeOnly(h.Key, 0)).ToArray();
            var reaches = own.Select(m => m.Last!.Reach!.Value).Order().ToArray();
            return new NetworkHabits(platform, best.Length > 0 ? best : Table[platform],
                best.Length > 0 ? PostingTimeSource.OwnEngagement : PostingTimeSource.DefaultTable,
                reaches.Length >= 5 ? reaches[reaches.Length / 2] : null, own.Length);
        });
    }

    /// <summary>The next time that one of these slots comes, at least a quarter of an hour from now.</summary>
    public static DateTimeOffset Next(NetworkHabits habits, DateTimeOffset now, TimeZoneInfo zone)
    {
        var today = LocalDay.Of(now, zone);
        return Enumerable.Range(0, 2).SelectMany(day => habits.Slots.Select(slot => At(today.AddDays(day), slot, zone)))
            .Where(t => t > now.AddMinutes(15)).Min();
    }

    /// <summary>
    /// A local time as a moment: where clocks jump over it, the first time after the gap; where they repeat it, the first of the two.
    /// </summary>
    public static DateTimeOffset At(DateOnly day, TimeOnly time, TimeZoneInfo zone)
    {
        var local = day.ToDateTime(time);
        while (zone.IsInvalidTime(local)) local = local.AddMinutes(15);
        var offset = zone.IsAmbiguousTime(local) ? zone.GetAmbiguousTimeOffsets(local).Max() : zone.GetUtcOffset(local);
        return new DateTimeOffset(local, offset).ToUniversalTime();
    }
}
