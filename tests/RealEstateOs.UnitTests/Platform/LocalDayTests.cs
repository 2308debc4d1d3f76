using RealEstateOs.Platform.Tenancy;

namespace RealEstateOs.UnitTests.Platform;

public sealed class LocalDayTests
{
    [Theory]
    [InlineData("Asia/Dubai", "2026-11-01", "2026-10-31T20:00:00Z")]
    [InlineData("America/Havana", "2026-11-01", "2026-11-01T04:00:00Z")] // midnight comes twice
    [InlineData("America/Havana", "2026-03-08", "2026-03-08T05:00:00Z")] // midnight is skipped
    public void A_day_begins_at_its_first_moment(string name, string day, string start)
    {
        var zone = TimeZoneInfo.FindSystemTimeZoneById(name);
        var first = LocalDay.Start(DateOnly.ParseExact(day, "yyyy-MM-dd", null), zone);
        Assert.Equal(DateTimeOffset.Parse(start, null), first);
        Assert.Equal((day, 1), ($"{LocalDay.Of(first, zone):yyyy-MM-dd}",
            LocalDay.Of(first, zone).DayNumber - LocalDay.Of(first.AddTicks(-1), zone).DayNumber));
    }
}
