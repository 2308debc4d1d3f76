using RealEstateOs.Valuation.Engine;
using RealEstateOs.Valuation.MarketData;

namespace RealEstateOs.UnitTests.Cma;

public sealed class ProjectFamilyTests(SampleEngine sample) : IClassFixture<SampleEngine>
{
    [Theory]
    [InlineData("Azizi Riviera 25", "AZIZI RIVIERA 26", true, true)]
    [InlineData("Marina Diamond - 3", "Marina Diamond IV", true, true)]
    [InlineData("Binghatti Hills", "Binghatti Skyrise", false, true)]
    [InlineData("The Opera", "The Greens", false, false)]
    [InlineData("Al Ghozlan 2", "Al Dhafra 2", false, false)]
    public void Names_tell_sisters_from_strangers(string one, string other, bool sameFamily, bool sameBrand)
    {
        var (a, b) = (ProjectFamily.Of(one), ProjectFamily.Of(other));
        Assert.Equal((sameFamily, sameBrand), (a.Family == b.Family, a.Brand == b.Brand));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("17")]
    [InlineData(" - ")]
    public void A_name_that_says_nothing_has_no_family(string? name) => Assert.Equal((null, null), ProjectFamily.Of(name));

    [Fact]
    public void A_new_tower_is_valued_from_its_sisters()
    {
        var template = sample.Sales.Last(s => s is { Area: "Dubai Marina", Kind: PropertyKind.Flat, OffPlan: false });
        var usual = Assert.IsType<HomeValuation>(sample.Engine.Value(SampleEngine.MarinaFlat with { Project = "Nacre Quay 3" }));
        List<Sale> sales = [.. sample.Sales];
        for (var i = 0; i < 12; i++)
            sales.Add(template with
            {
                TransactionNumber = $"SISTER-{i}", Project = $"Nacre Quay {1 + i % 2}", SizeSqm = 110, Bedrooms = 2,
                Price = 2 * usual.Estimate, Date = SampleEngine.Today.AddDays(-10 - i),
            });
        var engine = ValuationEngine.Load(sample.Engine.Save(), sales, SampleEngine.Today);
        var withSisters = Assert.IsType<HomeValuation>(engine.Value(SampleEngine.MarinaFlat with { Project = "Nacre Quay 3" }));
        var stranger = Assert.IsType<HomeValuation>(engine.Value(SampleEngine.MarinaFlat with { Project = "Coral Mews 3" }));
        Assert.True(withSisters.Estimate > 1.2m * stranger.Estimate, $"{withSisters.Estimate} is not far above {stranger.Estimate}");
    }
}
