using RealEstateOs.Platform.Serialization;
using RealEstateOs.Platform.Tenancy;

namespace RealEstateOs.UnitTests.Platform;

public sealed class LocalDayTests
{
    [Theory]
    [InlineData("2026-12-01T11:00", "Asia/Dubai", "2026-12-01T07:00:00Z")]
    [InlineData("2026-12-01", "Asia/Dubai", "2026-11-30T20:00:00Z")]
    [InlineData("2026-12-01T11:00+01:00", "Asia/Dubai", "2026-12-01T10:00:00Z")]
    [InlineData("2026-12-01T11:00Z", "Asia/Dubai", "2026-12-01T11:00:00Z")]
    [InlineData("2026-10-25T02:30", "Europe/Berlin", "2026-10-25T00:30:00Z")] // twice: the earlier one
    [InlineData("2026-03-29T02:30", "Europe/Berlin", "2026-03-29T01:30:00Z")] // never: 03:30
    [InlineData("0001-01-01", "Asia/Dubai", "0001-01-01T00:00:00Z")] // earlier there is no time
    [InlineData("9999-12-31T23:00", "America/Havana", "9999-12-31T23:59:59.9999999Z")]
    public void A_time_without_a_zone_is_what_the_clock_on_the_wall_shows(string text, string zone, string utc)
    {
        Assert.True(Json.TryRead(text, out var time, TimeZoneInfo.FindSystemTimeZoneById(zone)));
        Assert.Equal(DateTimeOffset.Parse(utc, System.Globalization.CultureInfo.InvariantCulture), time);
    }

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
