using RealEstateOs.Valuation.Engine;
using RealEstateOs.Valuation.MarketData;

namespace RealEstateOs.UnitTests.Cma;

public sealed class ValuationEngineTests(SampleEngine sample) : IClassFixture<SampleEngine>
{
    [Fact]
    public void Half_a_place_is_none()
    {
        var without = Assert.IsType<HomeValuation>(sample.Engine.Value(SampleEngine.MarinaFlat with { Latitude = null, Longitude = null }));
        var half = Assert.IsType<HomeValuation>(sample.Engine.Value(SampleEngine.MarinaFlat with { Latitude = 7.5, Longitude = null }));
        Assert.Equal(without.Estimate, half.Estimate);
        Assert.All(half.Comparables, c => Assert.Null(c.DistanceKm));
    }

    [Fact]
    public void An_estimate_lies_in_its_range_and_its_explanation_adds_up_to_it()
    {
        var value = Assert.IsType<HomeValuation>(sample.Engine.Value(SampleEngine.MarinaFlat));
        Assert.InRange(value.Estimate, value.RangeLow, value.RangeHigh);
        Assert.Equal(value.Estimate, value.Explanation.Sum(s => s.Amount));
        Assert.InRange(value.Confidence, 0.05, 1);
        Assert.Equal("AED", value.Currency);
        Assert.Equal((double)value.Estimate / 110 / Units.SqftPerSqm, value.PricePerSqft, value.PricePerSqft * 0.002);
    }

    [Theory]
    [InlineData(10.3, 2)]
    [InlineData(9_290, 2)]
    [InlineData(30, 3)]
    [InlineData(110, 20)]
    public void A_home_like_none_that_sold_has_low_confidence_and_is_told_what_is_known(double size, int bedrooms)
    {
        var like = Assert.IsType<HomeValuation>(sample.Engine.Value(SampleEngine.MarinaFlat));
        var value = Assert.IsType<HomeValuation>(sample.Engine.Value(SampleEngine.MarinaFlat with { SizeSqm = size, Bedrooms = bedrooms }));
        Assert.False(like.IsOutside);
        Assert.True(value.IsOutside);
        Assert.Equal(ConfidenceClass.Low, value.ConfidenceClass);
        Assert.True(value.Confidence <= like.Confidence);
        Assert.StartsWith("Outside the evidence", value.Notes[0], StringComparison.Ordinal);
        Assert.DoesNotContain(like.Notes, n => n.StartsWith("Outside", StringComparison.Ordinal));
    }

    [Fact]
    public void Both_names_of_one_place_get_one_value()
    {
        var one = Assert.IsType<HomeValuation>(sample.Engine.Value(SampleEngine.MarinaFlat));
        var other = Assert.IsType<HomeValuation>(sample.Engine.Value(SampleEngine.MarinaFlat with { Area = "DUBAI MARINA" }));
        Assert.Equal(one.Estimate, other.Estimate);
    }

    [Fact]
    public void Poisoned_rows_cannot_move_an_estimate()
    {
        var good = sample.Sales[^1];
        List<Sale> poisoned = [.. sample.Sales];
        for (var i = 0; i < 300; i++)
        {
            var row = good with { TransactionNumber = $"=cmd|' /C calc'!A{i}", Area = "Dubai Marina", Kind = PropertyKind.Flat,
                OffPlan = false, Project = "=HYPERLINK(\"http://evil\")", SetAside = SetAsideReason.None };
            poisoned.Add((i % 5) switch
            {
                0 => row with { SizeSqm = 0 },
                1 => row with { Price = 1 },
                2 => row with { Date = new(2090, 1, 1) },
                3 => row with { Price = 1_000_000_000_000 },
                _ => row with { SizeSqm = double.NaN },
            });
        }
        var engine = ValuationEngine.Train(poisoned, SampleEngine.Today, SampleEngine.Quick);
        foreach (var subject in new[] { SampleEngine.MarinaFlat,
            SampleEngine.MarinaFlat with { Area = "JVC", Bedrooms = 1, SizeSqm = 70 } })
        {
            var before = Assert.IsType<HomeValuation>(sample.Engine.Value(subject));
            var after = Assert.IsType<HomeValuation>(engine.Value(subject));
            Assert.Equal(before.Estimate, after.Estimate);
            Assert.Equal(before.RangeHigh, after.RangeHigh);
        }
    }

    [Fact]
    public void A_place_without_sales_is_refused_with_the_nearest_covered_areas()
    {
        var refused = Assert.IsType<PlaceNotCovered>(sample.Engine.Value(SampleEngine.MarinaFlat with { Area = "Dubai Marinna" }));
        Assert.Equal("Dubai Marina", refused.NearestAreas[0].Area);
        Assert.IsType<PlaceNotCovered>(sample.Engine.Value(SampleEngine.MarinaFlat with { Area = "Atlantis Beneath" }));
    }

    [Fact]
    public void A_kind_that_the_area_does_not_know_is_refused_too()
    {
        var refused = Assert.IsType<PlaceNotCovered>(
            sample.Engine.Value(new() { Area = "Discovery Gardens", Kind = PropertyKind.Villa, SizeSqm = 300, Bedrooms = 4 }));
        Assert.Contains("a valuation needs 3", refused.Reason, StringComparison.Ordinal);
        Assert.All(refused.NearestAreas, a => Assert.True(a.Sales >= ValuationEngine.MinEvidence));
    }

    [Fact]
    public void With_three_comparables_it_says_how_little_that_is()
    {
        var template = sample.Sales.First(s => s is { Kind: PropertyKind.Flat, OffPlan: false });
        List<Sale> sales = [.. sample.Sales];
        for (var i = 0; i < 3; i++)
            sales.Add(template with { TransactionNumber = $"FEW-{i}", Area = "Lonely Hamlet", Project = null,
                Date = SampleEngine.Today.AddDays(-20 - i) });
        var engine = ValuationEngine.Load(sample.Engine.Save(), sales, SampleEngine.Today);
        var value = Assert.IsType<HomeValuation>(
            engine.Value(new() { Area = "Lonely Hamlet", Kind = PropertyKind.Flat, SizeSqm = template.SizeSqm,
                Bedrooms = template.Bedrooms }));
        Assert.Equal(3, value.Evidence.SameArea);
        Assert.Contains(value.Notes, n => n.Contains("Only 3 comparable sales", StringComparison.Ordinal));
    }

    [Fact]
    public void A_saved_model_values_as_before()
    {
        var again = ValuationEngine.Load(sample.Engine.Save(), sample.Sales, SampleEngine.Today);
        var before = Assert.IsType<HomeValuation>(sample.Engine.Value(SampleEngine.MarinaFlat));
        var after = Assert.IsType<HomeValuation>(again.Value(SampleEngine.MarinaFlat));
        Assert.Equal(before.Estimate, after.Estimate);
        Assert.Equal(before.RangeLow, after.RangeLow);
        Assert.Equal(before.Confidence, after.Confidence);
        Assert.Equal(sample.Engine.Summary, again.Summary);
    }

    [Fact]
    public void Training_twice_gives_the_same_model() =>
        Assert.Equal(sample.Engine.Save(), ValuationEngine.Train(sample.Sales, SampleEngine.Today, SampleEngine.Quick).Save());

    [Fact]
    public void A_valuation_for_a_past_day_knows_nothing_of_later_sales()
    {
        var day = SampleEngine.Today.AddDays(-120);
        var cut = ValuationEngine.Load(sample.Engine.Save(), [.. sample.Sales.Where(s => s.Date < day)], SampleEngine.Today);
        var subject = SampleEngine.MarinaFlat with { On = day };
        var all = Assert.IsType<HomeValuation>(sample.Engine.Value(subject));
        Assert.Equal(Assert.IsType<HomeValuation>(cut.Value(subject)).Estimate, all.Estimate);
        Assert.All(all.Comparables, c => Assert.True(c.Sale.Date < day));
    }

    [Fact]
    public void A_known_sale_valued_to_its_day_sees_the_others_of_that_day_but_not_itself()
    {
        var template = sample.Sales.First(s => s is { Area: "Dubai Marina", Kind: PropertyKind.Flat, OffPlan: false });
        var day = SampleEngine.Today.AddDays(-5);
        Sale Twin(string number, decimal price) =>
        template with { TransactionNumber = number, Project = "Quiet Court", Date = day, Price = price };
        decimal Valued(params Sale[] added)
        {
            var engine = ValuationEngine.Load(sample.Engine.Save(), [.. sample.Sales, .. added], SampleEngine.Today);
            return Assert.IsType<HomeValuation>(
                engine.Value(SubjectProperty.Of(added[0]) with { Except = added[0].TransactionNumber })).Estimate;
        }
        var alone = Valued(Twin("MINE", template.Price));
        Assert.Equal(alone, Valued(Twin("MINE", template.Price * 3)));
        Assert.True(Valued(Twin("MINE", template.Price), Twin("OTHER", template.Price * 3)) > alone);
    }

    [Fact]
    public void Comparables_come_with_adjustments_that_add_up_and_near_before_far()
    {
        var project = sample.Sales.Where(s => s is { Area: "Dubai Marina", OffPlan: false }).GroupBy(s => s.Project)
            .MaxBy(g => g.Count())!.Key;
        var found = sample.Engine.Comparables(SampleEngine.MarinaFlat with { Project = project },
            new() { Count = 8, TimeFrameMonths = 24 });
        Assert.Equal(8, found.Count);
        Assert.All(found, c => Assert.Equal(c.AdjustedPrice, c.Sale.Price + c.Adjustments.Sum(a => a.Amount)));
        Assert.All(found, c => Assert.Equal(c.Similarity, c.Parts.Sum(p => p.Score * p.Weight) / c.Parts.Sum(p => p.Weight), 0.002));
        Assert.Equal(found.OrderByDescending(c => c.Similarity).Select(c => c.Sale.TransactionNumber),
            found.Select(c => c.Sale.TransactionNumber));
        Assert.Equal("project", found[0].Match);
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(3)] // closed since the engine was loaded
    public void Own_deals_join_the_list_but_not_the_estimate(int day)
    {
        var own = sample.Sales.First(s => s is { Area: "Dubai Marina", OffPlan: false }) with { TransactionNumber = "OWN-1",
            Price = 2_222_222, SizeSqm = 110, Bedrooms = 2, Date = SampleEngine.Today.AddDays(day) };
        var with = Assert.IsType<HomeValuation>(sample.Engine.Value(SampleEngine.MarinaFlat, new() { OwnSales = [own] }));
        Assert.Contains(with.Comparables, c => c is { OwnDeal: true, Sale.TransactionNumber: "OWN-1" });
        Assert.Equal(Assert.IsType<HomeValuation>(sample.Engine.Value(SampleEngine.MarinaFlat)).Estimate, with.Estimate);
    }

    [Fact]
    public void Too_few_sales_are_no_market() =>
        Assert.Throws<InsufficientSalesException>(() => ValuationEngine.Train([.. sample.Sales.Take(50)], SampleEngine.Today));
}
