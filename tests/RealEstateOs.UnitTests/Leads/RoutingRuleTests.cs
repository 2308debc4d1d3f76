using RealEstateOs.Leads.Routing;

namespace RealEstateOs.UnitTests.Leads;

public sealed class RoutingRuleTests
{
    private static readonly TimeZoneInfo Dubai = TimeZoneInfo.FindSystemTimeZoneById("Asia/Dubai");

    [Theory]
    [InlineData("2026-03-02T05:00:00Z", true)] // Monday 09:00 in Dubai
    [InlineData("2026-03-02T04:59:00Z", false)]
    [InlineData("2026-03-02T14:00:00Z", false)] // 18:00: the end is out
    [InlineData("2026-03-01T06:00:00Z", false)] // Sunday
    public void A_rule_works_in_its_hours_by_the_clock_of_the_office(string now, bool open)
    {
        var rule = new AssignmentRule { WorkingDays = ["monday", "tuesday"], WorkStartsAt = new TimeOnly(9, 0),
            WorkEndsAt = new TimeOnly(18, 0) };
        Assert.Equal(open, rule.IsOpenAt(DateTimeOffset.Parse(now, null), Dubai));
    }

    [Theory]
    [InlineData("2026-03-02T18:30:00Z", true)] // Monday 22:30
    [InlineData("2026-03-02T21:30:00Z", true)] // Tuesday 01:30 still is Monday's shift
    [InlineData("2026-03-03T18:30:00Z", false)] // Tuesday's shift does not exist
    [InlineData("2026-03-01T21:30:00Z", false)] // Monday 01:30 would be Sunday's shift
    public void A_shift_may_end_after_midnight(string now, bool open)
    {
        var rule = new AssignmentRule { WorkingDays = ["monday"], WorkStartsAt = new TimeOnly(22, 0), WorkEndsAt = new TimeOnly(2, 0) };
        Assert.Equal(open, rule.IsOpenAt(DateTimeOffset.Parse(now, null), Dubai));
    }
}
