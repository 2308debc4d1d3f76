using FsCheck;
using FsCheck.Fluent;
using RealEstateOs.Deals.Commissions;

namespace RealEstateOs.UnitTests.Deals;

public sealed class SharesTests
{
    /// <summary>An amount of up to ten millions and 1 to 8 percents with four decimals that add up to 100.</summary>
    private static readonly Arbitrary<(decimal Amount, decimal[] Percents)> Splits = (
        from cents in Gen.Choose(0, 1_000_000_000)
        from count in Gen.Choose(1, 8)
        from cuts in Gen.ArrayOf(Gen.Choose(1, 999_999), count - 1)
        let edges = cuts.Distinct().Order().Prepend(0).Append(1_000_000).ToArray()
        select (cents / 100m, edges.Zip(edges.Skip(1), (low, high) => (high - low) / 10_000m).ToArray())).ToArbitrary();

    [Fact]
    public void Shares_always_add_up_to_the_commission_to_the_cent() =>
        Prop.ForAll(Splits, split => Shares.Of(split.Amount, split.Percents, "AED").Sum() == split.Amount)
            .Check(Config.QuickThrowOnFailure.WithMaxTest(2_000));

    [Fact]
    public void No_share_is_a_cent_or_more_away_from_its_percent() =>
        Prop.ForAll(Splits, split => Shares.Of(split.Amount, split.Percents, "AED").Zip(split.Percents)
            .All(s => Math.Abs(s.First - split.Amount * s.Second / 100) < 0.01m))
            .Check(Config.QuickThrowOnFailure.WithMaxTest(2_000));

    [Fact]
    public void The_cents_left_over_go_to_the_largest_fractions_and_on_a_tie_to_the_first()
    {
        Assert.Equal([33.34m, 33.33m, 33.33m], Shares.Of(100, [33.3334m, 33.3333m, 33.3333m], "AED"));
        Assert.Equal([0.01m, 0m], Shares.Of(0.01m, [50, 50], "AED"));
        Assert.Equal([0.01m, 0.02m], Shares.Of(0.03m, [40, 60], "AED"));
    }

    [Fact]
    public void Percents_that_do_not_add_up_are_refused() => Assert.Throws<ArgumentException>(() => Shares.Of(100, [50, 49.9999m], "AED"));

    [Fact]
    public void Vat_is_five_percent_on_top_of_the_commission_as_the_norm_of_two_percent_shows()
    {
        var gross = Commission.Gross(2_000_000, 2, "AED");
        Assert.Equal((40_000m, 2_000m), (gross, Commission.Vat(gross, 5, "AED")));
        Assert.Equal(10_000m, Commission.Expected(2_000_000, 2, 25, "AED"));
    }

    [Fact]
    public void Amounts_are_divided_to_the_smallest_unit_of_their_currency()
    {
        Assert.Equal([34m, 33m, 33m], Shares.Of(100, [33.3334m, 33.3333m, 33.3333m], "JPY"));
        Assert.Equal([33.334m, 33.333m, 33.333m], Shares.Of(100, [33.3334m, 33.3333m, 33.3333m], "KWD"));
        Assert.Equal((1_000_001m, 1.235m), (Commission.Gross(50_000_050, 2, "JPY"), Commission.Gross(61.725m, 2, "OMR")));
    }
}
