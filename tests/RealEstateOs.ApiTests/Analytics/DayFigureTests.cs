using Microsoft.Extensions.DependencyInjection;
using RealEstateOs.ApiTests.Deals;
using RealEstateOs.ApiTests.Fixture;
using RealEstateOs.ApiTests.Leads;
using RealEstateOs.Analytics.Daily;
using RealEstateOs.Contracts.Auth;
using RealEstateOs.Platform.Persistence;
using RealEstateOs.Platform.Tenancy;

namespace RealEstateOs.ApiTests.Analytics;

/// <summary>What the daily report says of a day, counted again over what was put in around its two midnights.</summary>
public sealed class DayFigureTests(Server server)
{
    [Theory]
    [InlineData("Asia/Dubai", 24)]
    [InlineData("Europe/Berlin", 23)] // the clocks go forward on this day
    public async Task A_day_is_the_offices_own_and_holds_what_lies_between_its_midnights(string name, int hours)
    {
        var (office, other) = (await server.NewOfficeAsync(), await server.NewOfficeAsync());
        var (zone, day) = (TimeZoneInfo.FindSystemTimeZoneById(name), new DateOnly(2026, 3, 29));
        var (from, to) = (LocalDay.Start(day, zone), LocalDay.Start(day.AddDays(1), zone));
        Assert.Equal(TimeSpan.FromHours(hours), to - from);
        DateTimeOffset[] moments = [from.AddMinutes(-1), from, from.AddHours(5), to.AddMinutes(-1), to, to.AddMinutes(1)];
        foreach (var moment in moments)
        {
            await server.ExecuteAsync("update leads.leads set created_at = $2 where id = $1", (await office.NewLeadAsync()).Id(), moment);
            await server.ExecuteAsync("update properties.properties set created_at = $2 where id = $1",
                await office.NewPropertyAsync(), moment);
        }
        await other.NewDealAsync(members: ("stage", "closed_won"));
        (decimal Value, string Currency, double? Rate, string Stage, DateTimeOffset ClosedAt)[] deals =
        [
            (1_000_000, "USD", 2, "closed_won", from), (500_000, "USD", null, "closed_won", to.AddSeconds(-1)),
            (700_000, "AED", 2, "closed_won", from.AddHours(1)), (900_000, "USD", 3, "closed_won", to),
            (300_000, "USD", 2, "closed_lost", from.AddHours(2)), (300_000, "USD", 2, "closed_lost", from.AddSeconds(-1)),
        ];
        foreach (var d in deals)
            await server.ExecuteAsync(
                "update deals.deals set created_at = $2, closed_at = $2 where id = $1",
                (await office.NewDealAsync(members: [("value", d.Value), ("currency", d.Currency), ("commission_rate", d.Rate),
                    ("stage", d.Stage)])).Id(), d.ClosedAt);
        // The deals' own properties came today.
        var figures = await DayAsync(office, from, to);
        var during = deals.Where(d => d.ClosedAt >= from && d.ClosedAt < to).ToList();
        var won = during.Where(d => d.Stage == "closed_won").ToList();
        var here = won.Where(d => d.Currency == "USD").ToList();
        Assert.Equal((moments.Count(m => m >= from && m < to), moments.Count(m => m >= from && m < to)),
            (figures.NewLeads, figures.NewListings));
        Assert.Equal((during.Count, won.Count, during.Count - won.Count), (figures.NewDeals, figures.Won, figures.Lost));
        Assert.Equal((here.Count, here.Sum(d => d.Value), here.Sum(d => d.Value * (decimal)(d.Rate ?? 0) / 100)),
            (figures.WonHere, figures.WonValue, figures.WonCommission));
        Assert.Equal(
            ["Deals won: 3", "Of these in other currencies, in no amount: 1", "Their value in USD: 1,500,000",
                "Of these without a commission rate: 1", "Gross commission in USD: 20,000", "Deals lost: 1"],
            LinesOf(figures).SkipWhile(l => l != "Deals won: 3").Take(6));
    }

    [Fact]
    public async Task An_amount_that_nobody_knows_is_not_told()
    {
        var office = await server.NewOfficeAsync();
        var now = TimeProvider.System.GetUtcNow();
        await office.NewDealAsync(members: [("stage", "closed_won"), ("currency", "AED"), ("commission_rate", 2)]);
        var foreign = await DayAsync(office, now.AddHours(-1), now.AddHours(1));
        Assert.Equal((1, 0, null), (foreign.Won, foreign.WonHere, foreign.WonCommission));
        Assert.DoesNotContain(LinesOf(foreign), l => l.Contains("USD", StringComparison.Ordinal));
        await office.NewDealAsync(members: [("stage", "closed_won"), ("value", 250_000)]);
        var unrated = LinesOf(await DayAsync(office, now.AddHours(-1), now.AddHours(1)));
        Assert.Contains("Their value in USD: 250,000", unrated);
        Assert.DoesNotContain(unrated, l => l.StartsWith("Gross commission", StringComparison.Ordinal));
    }

    private static string[] LinesOf(DayFigures figures) =>
        DailyReportMail.To(new Person(new UserId(1), "Ada Admin", "ada@example.com", null, true, true), new DateOnly(2026, 3, 29), figures,
            "USD", new OrganizationBrand("Test Realty", null, null, null, null, null)).Text.Split('\n');

    private async Task<DayFigures> DayAsync(Office office, DateTimeOffset from, DateTimeOffset to)
    {
        await using var scope = server.Services.GetRequiredService<IServiceScopeFactory>().CreateTenantScope(
            new OrganizationId(office.OrganizationId));
        return await DayFigures.ReadAsync(scope.ServiceProvider.GetRequiredService<UnitOfWork>(), from, to, to.AddDays(1), "USD",
            TestContext.Current.CancellationToken);
    }
}
