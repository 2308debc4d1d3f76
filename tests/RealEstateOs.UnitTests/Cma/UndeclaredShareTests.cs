using RealEstateOs.Valuation.MarketData;

namespace RealEstateOs.UnitTests.Cma;

public sealed class UndeclaredShareTests
{
    private static readonly DateOnly First = new(2026, 3, 1);

    private static Sale Home(int day, double rate, string? project = "Tower One", int? bedrooms = 1, bool offPlan = false,
        string area = "Dubai Marina", PropertyKind kind = PropertyKind.Flat) => new()
        {
            TransactionNumber = $"{day}-{rate}-{project}-{bedrooms}-{offPlan}-{area}-{kind}", Market = "dubai", Currency = "AED",
            Date = First.AddDays(day), Area = area, Project = project,
            Kind = kind, Bedrooms = bedrooms, OffPlan = offPlan, Price = (decimal)(rate * 80), SizeSqm = 80,
        };

    private static bool IsShare(Sale sale, params Sale[] known) => UndeclaredShares.Positions([.. known, sale]).Contains(known.Length);

    [Fact]
    public void A_ready_home_under_a_fifth_of_its_project_and_bedrooms_is_a_share_and_one_above_is_a_sale()
    {
        Sale[] known = [Home(0, 20_000), Home(1, 21_000), Home(2, 19_000)];
        Assert.True(IsShare(Home(3, 3_900), known));
        Assert.False(IsShare(Home(3, 4_100), known));
    }

    [Fact]
    public void Only_earlier_days_are_evidence()
    {
        Assert.False(IsShare(Home(3, 1_000), Home(3, 20_000), Home(3, 21_000), Home(3, 19_000)));
        Assert.False(IsShare(Home(3, 1_000), Home(4, 20_000), Home(5, 21_000), Home(6, 19_000)));
    }

    [Fact]
    public void Without_evidence_of_its_own_kind_nothing_is_said()
    {
        Assert.False(IsShare(Home(3, 1_000), Home(0, 20_000), Home(1, 21_000)));
        Assert.False(IsShare(Home(3, 1_000), Home(0, 20_000, kind: PropertyKind.Villa), Home(1, 21_000, kind: PropertyKind.Villa),
            Home(2, 19_000, kind: PropertyKind.Villa)));
    }

    [Fact]
    public void The_projects_off_plan_sales_and_like_homes_of_the_area_are_evidence_too()
    {
        Assert.True(IsShare(Home(9, 1_000), Home(0, 20_000, offPlan: true), Home(1, 21_000, offPlan: true),
            Home(2, 19_000, offPlan: true)));
        Assert.True(IsShare(Home(20, 1_000, "Tower Two"), [.. Enumerable.Range(0, 10).Select(i => Home(i, 20_000 + i, $"Other {i}"))]));
        Assert.False(IsShare(Home(20, 1_000, "Tower Two"), [.. Enumerable.Range(0, 9).Select(i => Home(i, 20_000 + i, $"Other {i}"))]));
    }

    [Fact]
    public void Off_plan_sales_are_none_and_shares_are_no_evidence()
    {
        Sale[] known = [Home(0, 20_000), Home(1, 21_000), Home(2, 19_000)];
        Assert.False(IsShare(Home(3, 1_000, offPlan: true), known));
        Sale[] many = [.. known, .. Enumerable.Range(0, 30).Select(i => Home(3 + i, 1_000 + i))];
        Assert.Equal(30, UndeclaredShares.Positions(many).Count);
        Assert.Equal(30, UndeclaredShares.Marked(many).Count(s => s.SetAside == SetAsideReason.UndeclaredShare));
    }
}
