using RealEstateOs.Valuation.MarketData;
using RealEstateOs.Valuation.Statistics;

namespace RealEstateOs.UnitTests.Cma;

public sealed class MarketStatisticsTests
{
    private static readonly DateOnly Today = new(2026, 6, 30);
    private static readonly List<Sale> Sales = SampleMarket.Sales(Today, 8_000);

    [Fact]
    public void A_snapshot_counts_every_market_sale_once_and_no_other()
    {
        var aside = Sales[0] with { TransactionNumber = "ASIDE", SetAside = SetAsideReason.PartShare, Date = Today };
        var snapshot = MarketStatistics.Snapshot([.. Sales, aside], Today, 12);
        Assert.Equal(12, snapshot.Months.Count);
        Assert.Equal(Sales.Count(s => s.Date >= new DateOnly(2025, 7, 1)), snapshot.Sales);
        Assert.Equal(snapshot.Sales, snapshot.Months.Sum(m => m.Sales));
        Assert.InRange(snapshot.OffPlanShare!.Value, 0.2, 0.8);
        Assert.Null(snapshot.Inventory);
    }

    [Fact]
    public void The_sample_market_that_was_made_to_rise_is_seen_to_rise()
    {
        var snapshot = MarketStatistics.Snapshot(Sales.Where(s => !s.OffPlan), Today, 24);
        Assert.Equal(MarketStatus.Rising, snapshot.Status);
        // Made with nine percent a year.
        Assert.InRange(snapshot.Trend!.PerMonth, 0.004, 0.011);
        Assert.InRange(0.0075, snapshot.Trend.Low - 0.002, snapshot.Trend.High + 0.002);
    }

    [Theory]
    [InlineData(0.01, 0.005, 0.015, 100, MarketStatus.Rising)]
    [InlineData(-0.01, -0.015, -0.005, 100, MarketStatus.Falling)]
    [InlineData(0.01, -0.005, 0.025, 100, MarketStatus.Stable)]
    [InlineData(0.002, 0.001, 0.003, 100, MarketStatus.Stable)]
    [InlineData(0.01, 0.005, 0.015, 29, MarketStatus.TooFewSales)]
    public void The_status_follows_its_rule(double trend, double low, double high, int sales, MarketStatus status) =>
        Assert.Equal(status, MarketStatistics.StatusOf(new(trend, low, high, 12), sales));

    [Fact]
    public void One_wild_month_does_not_turn_a_trend()
    {
        double[] months = [.. Enumerable.Range(0, 18).Select(i => 1000 * Math.Pow(1.01, i))];
        months[9] = 9_000;
        Assert.Equal(0.01, TrendLine.Of(months)!.PerMonth, 0.001);
    }

    [Fact]
    public void Too_few_months_have_no_trend_and_no_forecast()
    {
        Assert.Null(TrendLine.Of([1, 2, 3]));
        Assert.Null(MarketForecast.Of([1, 2, 3, 4, 5, 6, 7], Today));
    }

    [Fact]
    public void A_forecast_shows_its_own_record_and_widens_with_distance()
    {
        var series = MarketStatistics.EqualMix([.. Sales.Where(s => !s.OffPlan)], new(2024, 7, 1), 24);
        var forecast = MarketForecast.Of(series, new(2026, 6, 1))!;
        Assert.Equal([new DateOnly(2026, 7, 1), new(2026, 8, 1), new(2026, 9, 1)], forecast.Months.Select(m => m.Month));
        Assert.All(forecast.Months, m => Assert.InRange(m.Value, m.Low, m.High));
        Assert.True(forecast.Months[2].High / forecast.Months[2].Value >= forecast.Months[0].High / forecast.Months[0].Value - 1e-4);
        Assert.True(forecast.Backtests > 30);
        Assert.InRange(forecast.BacktestMedianError, 0, 0.05);
    }

    [Fact]
    public void Hot_is_an_area_whose_sales_grew_without_its_prices_falling()
    {
        var template = Sales.First(s => s is { Area: "Arjan" });
        var boom = Enumerable.Range(0, 120).Select(
            i => template with { TransactionNumber = $"B{i}", Area = "Boomtown", Date = Today.AddDays(i < 30 ? -100 - i : -i % 80) });
        var slump = Enumerable.Range(0, 120).Select(
            i => template with { TransactionNumber = $"S{i}", Area = "Slumpville", Date = Today.AddDays(i >= 30 ? -100 - i % 60 : -i) });
        var hot = AreaRanking.Hot([.. boom, .. slump], Today);
        Assert.Equal("Boomtown", Assert.Single(hot).Area);
    }

    [Fact]
    public void An_area_is_most_like_one_built_from_its_own_prices()
    {
        var twin = Sales.Where(s => s.Area == "Dubai Marina").Select(s => s with { Area = "Marina Twin" });
        Assert.Equal("Marina Twin", AreaRanking.Alike([.. Sales, .. twin], "Marsa Dubai")[0].Area);
        Assert.Empty(AreaRanking.Alike(Sales, "Nowhere"));
    }
}
