using System.Text.Json;
using RealEstateOs.Platform.Problems;
using RealEstateOs.Platform.Serialization;

namespace RealEstateOs.UnitTests.Platform;

public sealed class TimesAndNamesTests
{
    [Theory]
    [InlineData("2026-12-01T09:00:00Z", "2026-12-01T09:00:00Z")]
    [InlineData("2026-12-01T09:00:00+04:00", "2026-12-01T05:00:00Z")]
    [InlineData("2026-12-01T09:00:00.123456789+0400", "2026-12-01T05:00:00.1234568Z")]
    [InlineData("2026-12-01T09:00:00,5Z", "2026-12-01T09:00:00.5Z")]
    [InlineData("2026-12-01 09:00+04", "2026-12-01T05:00:00Z")]
    [InlineData("2026-12-01t09:00z", "2026-12-01T09:00:00Z")]
    [InlineData("2026-12-01", "2026-12-01T00:00:00Z")]
    public void A_time_is_ISO_8601(string text, string utc)
    {
        Assert.True(Json.TryRead(text, out var time));
        Assert.Equal(DateTimeOffset.Parse(utc, System.Globalization.CultureInfo.InvariantCulture), time);
    }

    [Theory]
    [InlineData("01/12/2026 09:00")]
    [InlineData("12/01/2026")]
    [InlineData("1.12.2026 09:00")]
    [InlineData("2026/12/01 09:00")]
    [InlineData("2026-13-01T09:00:00Z")]
    [InlineData("2026-02-30T09:00:00Z")]
    [InlineData("2026-12-01T25:00:00Z")]
    [InlineData("Dec 1 2026 09:00")]
    [InlineData("Tue, 01 Dec 2026 09:00:00 GMT")]
    [InlineData("09:00")]
    [InlineData("tomorrow")]
    [InlineData("1764579600")]
    [InlineData("")]
    [InlineData(null)]
    public void Nothing_else_is_guessed_at(string? text) => Assert.False(Json.TryRead(text, out _));

    [Theory]
    [InlineData("2027-03-14", "2027-03-14")]
    [InlineData("2027-03-14T00:00:00+04:00", "2027-03-14")]
    [InlineData("2027-03-14T23:30:00-08:00", "2027-03-14")]
    public void A_date_with_an_offset_is_the_day_that_is_written(string text, string day) =>
        Assert.Equal(DateOnly.Parse(day, System.Globalization.CultureInfo.InvariantCulture),
            JsonSerializer.Deserialize<DateOnly>($"\"{text}\"", Json.Options));

    [Theory]
    [InlineData("\"14/03/2027\"")]
    [InlineData("\"2027-03-14 or so\"")]
    [InlineData("\"2027-02-29\"")]
    [InlineData("20270314")]
    public void What_is_no_date_is_refused(string json) =>
        Assert.Throws<JsonException>(() => JsonSerializer.Deserialize<DateOnly>(json, Json.Options));

    [Theory]
    [InlineData("statsu", "status")]
    [InlineData("Status", "status")]
    [InlineData("minprice", "min_price")]
    [InlineData("assigned-to", "assigned_to")]
    [InlineData("zzz", null)]
    [InlineData("x", null)]
    public void The_nearest_name_is_the_one_meant(string given, string? meant) =>
        Assert.Equal(meant, NearestName.Of(given, ["status", "min_price", "assigned_to", "source"]));
}
