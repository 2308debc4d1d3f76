using RealEstateOs.Valuation.Engine;

namespace RealEstateOs.UnitTests.Cma;

public sealed class RangeRecordTests(SampleEngine sample) : IClassFixture<SampleEngine>
{
    private const int First = 100;

    // Errors evenly from nothing to the widest: four of five lie within four fifths of it.
    private static IEnumerable<RangeTried> Tried(int count, double widest, int day = First, ConfidenceClass kind = ConfidenceClass.High) =>
        Enumerable.Range(0, count).Select(i => new RangeTried(day, true, kind, widest * i / (count - 1)));

    [Theory]
    [InlineData(1.25, 1)]
    [InlineData(1.75, 1.4)]
    [InlineData(0.875, 0.7)]
    public void A_range_becomes_as_wide_as_the_latest_sales_of_its_class_needed(double widest, double needed) =>
        Assert.Equal(needed, RangeRecord.Of(Tried(100_000, widest)).Widening(ConfidenceClass.High, true, First + 1), 0.01);

    [Fact]
    public void Other_classes_and_ready_homes_stay_as_they_were()
    {
        var record = RangeRecord.Of(Tried(2_000, 3));
        Assert.Equal(1, record.Widening(ConfidenceClass.Medium, true, First + 1));
        Assert.Equal(1, record.Widening(ConfidenceClass.High, false, First + 1));
    }

    [Fact]
    public void A_day_stands_on_the_days_before_it_alone()
    {
        var record = RangeRecord.Of([.. Tried(2_000, 1.75), .. Tried(2_000, 9, First + 5)]);
        Assert.Equal(1, record.Widening(ConfidenceClass.High, true, First));
        Assert.Equal(RangeRecord.Of(Tried(2_000, 1.75)).Widening(ConfidenceClass.High, true, First + 5),
            record.Widening(ConfidenceClass.High, true, First + 5));
        Assert.True(record.Widening(ConfidenceClass.High, true, First + 6) > record.Widening(ConfidenceClass.High, true, First + 5));
    }

    [Fact]
    public void A_few_sales_hardly_move_a_range_and_none_moves_it_beyond_twice()
    {
        Assert.InRange(RangeRecord.Of(Tried(5, 9)).Widening(ConfidenceClass.High, true, First + 1), 1.001, 1.1);
        Assert.InRange(RangeRecord.Of(Tried(50_000, 9)).Widening(ConfidenceClass.High, true, First + 1), 1.9, 2);
    }

    [Fact]
    public void Old_sales_are_forgotten()
    {
        var record = RangeRecord.Of([.. Tried(2_000, 1.75), .. Tried(2_000, 1.25, First + 5)]);
        Assert.True(record.Widening(ConfidenceClass.High, true, First + 1) > 1.3);
        Assert.Equal(1, record.Widening(ConfidenceClass.High, true, First + 6), 0.01);
    }

    [Fact]
    public void Sales_that_came_after_the_training_and_scatter_widen_the_range_but_only_after_their_day()
    {
        var subject = SampleEngine.MarinaFlat with { On = SampleEngine.Today };
        var later = SampleEngine.Today.AddDays(10);
        var before = Valued(sample.Engine, subject);
        var calm = Valued(Loaded(1), subject with { On = later });
        var wild = Valued(Loaded(1.8), subject with { On = later });
        Assert.Equal(calm.Estimate, wild.Estimate);
        Assert.True(wild.RangeHigh / wild.RangeLow > calm.RangeHigh / calm.RangeLow * 1.2m);
        Assert.Equal(before.RangeHigh, Valued(Loaded(1.8), subject).RangeHigh);
    }

    // The sample's sales of other areas come again a week after the training, at prices so many times as high or as low.
    private ValuationEngine Loaded(double factor) =>
        ValuationEngine.Load(sample.Engine.Save(), [.. sample.Sales, .. sample.Sales.Where(s => s.Area != "Dubai Marina").Take(800)
            .Select((s, i) => s with { TransactionNumber = $"LATER-{i}", Date = SampleEngine.Today.AddDays(7),
                Price = s.Price * (decimal)(i % 2 == 0 ? factor : 1 / factor) })], SampleEngine.Today.AddDays(10));

    private static HomeValuation Valued(ValuationEngine engine, SubjectProperty subject) =>
        Assert.IsType<HomeValuation>(engine.Value(subject));
}
