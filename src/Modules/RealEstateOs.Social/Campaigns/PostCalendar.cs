using RealEstateOs.Contracts.Social;
using RealEstateOs.Social.Planning;

namespace RealEstateOs.Social.Campaigns;

/// <summary>One place of a calendar.</summary>
internal sealed record CalendarPlace(DateTimeOffset At, DateOnly Day, SocialPlatform Platform, PostType Type, int Turn);

/// <summary>
/// Spreads posts over days and times: each network at its own good times, the types in turn and shifted from network to network, so that
/// nobody meets the same twice a day; some minutes apart from the full hour, by the seed, so that not all offices call the networks at
/// once.
/// </summary>
internal static class PostCalendar
{
    private const int MinutesApart = 5, PlacesApart = 4;

    public static IReadOnlyList<CalendarPlace> Spread(
        DateOnly starts, int days, PostFrequency frequency, IReadOnlyList<SocialPlatform> platforms, IReadOnlyList<PostType> types,
        IReadOnlyDictionary<SocialPlatform, NetworkHabits> habits,
        TimeZoneInfo zone, ulong seed, DateTimeOffset notBefore)
    {
        var places = new List<CalendarPlace>();
        for (var number = 0; number < platforms.Count; number++)
        {
            var (platform, turn) = (platforms[number], 0);
            var slots = habits[platform].Slots;
            foreach (var (day, nth) in Days(starts, days, frequency))
            {
                // The best time of the day on most days, the next ones now and then: whoever is never there at six should see one, too.
                var slot = slots[frequency == PostFrequency.TwiceDaily ? nth % slots.Count : turn % 4 == 3 && slots.Count > 1 ? 1 : 0];
                var minutes = (int)((seed + (ulong)number + (ulong)turn * 7) % PlacesApart) * MinutesApart;
                var at = PostingTimes.At(day, slot.AddMinutes(minutes), zone);
                // A first day that is nearly over begins with what is left of it.
                if (at < notBefore) at = notBefore.AddMinutes(number * MinutesApart + nth * 60);
                places.Add(new CalendarPlace(at, day, platform, types[(turn + number) % types.Count], turn));
                turn++;
            }
        }
        return [.. places.OrderBy(p => p.At).ThenBy(p => p.Platform)];
    }

    private static IEnumerable<(DateOnly Day, int Nth)> Days(DateOnly starts, int days, PostFrequency frequency)
    {
        for (var i = 0; i < days; i++)
        {
            var day = starts.AddDays(i);
            switch (frequency)
            {
                case PostFrequency.Daily:
                case PostFrequency.EveryOtherDay when i % 2 == 0:
                case PostFrequency.Weekdays when day.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday):
                case PostFrequency.ThreePerWeek when i % 7 is 0 or 2 or 4:
                case PostFrequency.TwicePerWeek when i % 7 is 0 or 3:
                case PostFrequency.Weekly when i % 7 == 0:
                    yield return (day, 0);
                    break;
                case PostFrequency.TwiceDaily:
                    yield return (day, 0);
                    yield return (day, 1);
                    break;
            }
        }
    }
}
