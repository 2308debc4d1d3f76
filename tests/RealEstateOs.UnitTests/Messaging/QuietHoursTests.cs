using RealEstateOs.Platform.Messaging;

namespace RealEstateOs.UnitTests.Messaging;

public sealed class QuietHoursTests
{
    [Theory]
    [InlineData("+971501234567", "2026-03-02T04:59:00Z", "2026-03-02T05:00:00Z")] // 08:59 in Dubai waits for 09:00
    [InlineData("+971501234567", "2026-03-02T05:00:00Z", "2026-03-02T05:00:00Z")]
    [InlineData("+971501234567", "2026-03-02T14:00:00Z", "2026-03-03T05:00:00Z")] // 18:00 waits for tomorrow
    [InlineData("+12125550100", "2026-01-15T14:00:00Z", "2026-01-15T16:00:00Z")] // 09:00 in New York is 06:00 in Los Angeles
    [InlineData("+12125550100", "2026-01-16T02:00:00Z", "2026-01-16T16:00:00Z")] // 21:00 in New York
    [InlineData("+4915112345678", "2026-01-15T06:00:00Z", "2026-01-15T07:00:00Z")] // the sender's zone: 07:00 in Berlin
    public void A_text_waits_for_the_hours_on_the_recipients_clock(string number, string now, string expected) =>
        Assert.Equal(DateTimeOffset.Parse(expected, null), QuietHours.Next(number, DateTimeOffset.Parse(now, null), "Europe/Berlin"));
}
