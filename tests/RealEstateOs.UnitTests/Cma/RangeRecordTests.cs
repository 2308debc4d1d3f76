using RealEstateOs.Valuation.Engine;
using RealEstateOs.Valuation.MarketData;

namespace RealEstateOs.UnitTests.Cma;

public sealed class RangeRecordTests(SampleEngine sample) : IClassFixture<SampleEngine>
{
    private const int First = 100;
    private static readonly DateOnly Later = SampleEngine.Today.AddDays(10);

    // Errors evenly from nothing to the widest: four of five lie within four fifths of it.
    private static IEnumerable<RangeTried> Tried(int count, double widest, int day = First) =>
        Enumerable.Range(0, count).Select(i => new RangeTried(day, true, true, ConfidenceClass.High, widest * i / (count - 1)));

    private static double High(RangeRecord record, int day) => record.Widening(PropertyKind.Flat, true, ConfidenceClass.High, day);

    [Theory]
    [InlineData(1.25, 1)]
    [InlineData(1.75, 1.4)]
    [InlineData(0.875, 0.7)]
    public void A_range_becomes_as_wide_as_the_latest_sales_of_its_class_needed(double widest, double needed) =>
        Assert.Equal(needed, High(RangeRecord.Of(Tried(100_000, widest)), First + 1), 0.01);

    [Fact]
    public void Other_classes_ready_homes_and_shops_stay_as_they_were()
    {
        var record = RangeRecord.Of(Tried(2_000, 3));
        Assert.Equal(1, record.Widening(PropertyKind.Flat, true, ConfidenceClass.Medium, First + 1));
        Assert.Equal(1, record.Widening(PropertyKind.Shop, true, ConfidenceClass.High, First + 1));
        Assert.Equal(1, record.Widening(PropertyKind.Flat, false, ConfidenceClass.High, First + 1));
    }

    [Fact]
    public void A_day_stands_on_the_days_before_it_alone()
    {
        var record = RangeRecord.Of([.. Tried(2_000, 1.75), .. Tried(2_000, 9, First + 5)]);
        Assert.Equal(1, High(record, First));
        Assert.Equal(High(RangeRecord.Of(Tried(2_000, 1.75)), First + 5), High(record, First + 5));
        Assert.True(High(record, First + 6) > High(record, First + 5));
    }

    [Fact]
    public void A_few_sales_hardly_move_a_range_and_none_moves_it_beyond_twice()
    {
        Assert.InRange(High(RangeRecord.Of(Tried(5, 9)), First + 1), 1.001, 1.15);
        Assert.InRange(High(RangeRecord.Of(Tried(50_000, 9)), First + 1), 1.9, 2);
    }

    [Fact]
    public void Old_sales_are_forgotten()
    {
        var record = RangeRecord.Of([.. Tried(2_000, 1.75), .. Tried(2_000, 1.25, First + 5)]);
        Assert.True(High(record, First + 1) > 1.3);
        Assert.Equal(1, High(record, First + 6), 0.01);
    }

    [Fact]
    public void Sales_that_came_after_the_training_widen_the_range_where_they_scatter_and_narrow_it_where_not_but_only_after_their_day()
    {
        var (on, later) = (SampleEngine.MarinaFlat with { On = SampleEngine.Today }, SampleEngine.MarinaFlat with { On = Later });
        var without = Valued(ValuationEngine.Load(sample.Engine.Save(), sample.Sales, Later), later);
        var (wild, calm) = (Loaded(1.8), Loaded(1));
        Assert.Equal(without.Estimate, Valued(wild, later).Estimate);
        Assert.True(Width(Valued(wild, later)) > Width(without) * 1.3);
        Assert.True(Width(Valued(calm, later)) < Width(without) * 0.9);
        Assert.Equal(Valued(sample.Engine, on).RangeHigh, Valued(wild, on).RangeHigh);
    }

    // The sample's latest sales of other areas come again a week after the training, at prices so many times as high or as low.
    private ValuationEngine Loaded(double factor) =>
        ValuationEngine.Load(sample.Engine.Save(), [.. sample.Sales, .. sample.Sales.Where(s => s.Area != "Dubai Marina").TakeLast(500)
            .Select((s, i) => s with { TransactionNumber = $"LATER-{i}", Date = SampleEngine.Today.AddDays(7),
                Price = s.Price * (decimal)(i % 2 == 0 ? factor : 1 / factor) })], Later);

    private static double Width(HomeValuation value) => Math.Log((double)(value.RangeHigh / value.RangeLow));

    private static HomeValuation Valued(ValuationEngine engine, SubjectProperty subject) =>
        Assert.IsType<HomeValuation>(engine.Value(subject));
}
