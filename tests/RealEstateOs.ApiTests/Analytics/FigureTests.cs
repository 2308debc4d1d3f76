using System.Globalization;
using System.Text.Json;
using RealEstateOs.ApiTests.Fixture;

namespace RealEstateOs.ApiTests.Analytics;

/// <summary>Every figure of the dashboards, counted again over a random history in plain loops, across time zones and changes of the
/// clock.</summary>
public sealed class FigureTests(Server server)
{
    private const string Path = "/api/v1/analytics";

    [Theory]
    [InlineData("America/New_York", 11)]
    [InlineData("Asia/Dubai", 12)]
    [InlineData("Australia/Lord_Howe", 13)] // half an hour of daylight saving
    [InlineData("America/Havana", 14)] // clocks fall back over midnight
    public async Task Figures_equal_a_recount_of_a_random_history(string name, int seed)
    {
        var (office, other) = (await server.NewOfficeAsync(), await server.NewOfficeAsync());
        (await office.Admin.PatchAsync("/api/v1/organization", new { time_zone = name, currency = "USD" })).Must(200);
        var (zone, random) = (TimeZoneInfo.FindSystemTimeZoneById(name), new Random(seed));
        var today = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(TimeProvider.System.GetUtcNow(), zone).DateTime);
        var history = new History(office, zone, random, today);
        long[] people = [office.AdminId, (await office.NewUserAsync("agent")).Id];
        await history.WriteAsync(45, people);
        await server.RollUpAsync();
        await history.WriteAsync(15, people);
        await new History(other, zone, random, today).WriteAsync(3, [other.AdminId]);

        foreach (var (query, from, to) in Spans(today, random))
        {
            await CheckAsync(office, history, query, from, to);
            var days = to.DayNumber - from.DayNumber + 1;
            var compared = (await office.Admin.GetAsync($"{Path}/leads?{query}&compare=previous_period")).Must(200).At("comparison");
            Assert.Equal((from.AddDays(-days).ToString("O"), from.AddDays(-1).ToString("O")),
                (compared.Text("period.from"), compared.Text("period.to")));
            Assert.Equal(history.Leads.Count(l => history.Within(l.At, from.AddDays(-days), from.AddDays(-1))),
                compared.Long("metrics.total_leads.previous"));
            compared = (await office.Admin.GetAsync($"{Path}/deals?{query}&compare=previous_year")).Must(200).At("comparison");
            Assert.Equal(history.Deals.Count(d => history.Within(d.At, from.AddYears(-1), to.AddYears(-1))),
                compared.Long("metrics.total_deals.previous"));
        }
        await CheckAsync(office, history, "", DateOnly.MinValue, DateOnly.MaxValue);
    }

    [Fact]
    public async Task An_empty_office_shows_zeros_and_nulls_and_says_why()
    {
        var office = await server.NewOfficeAsync();
        var dashboard = (await office.Admin.GetAsync($"{Path}/dashboard?period=30d")).Must(200);
        foreach (var total in new[] { "total_properties", "total_leads", "total_deals", "total_campaigns", "total_deal_value",
            "revenue.this_month" }) Assert.Equal(0, dashboard.Number(total));
        foreach (var rate in new[] { "leads.conversion_rate", "deals.average_value",
            "deals.win_rate" }) Assert.True(dashboard.IsNull(rate), rate);
        Assert.Contains("win_rate is null", dashboard.At("notes").GetRawText(), StringComparison.Ordinal);
        Assert.All((await office.Admin.GetAsync($"{Path}/deals?period=7d")).Must(200).At("by_stage").EnumerateObject(),
            stage => Assert.Equal(0, stage.Value.GetInt64()));
    }

    [Fact]
    public async Task What_cannot_be_read_is_named_all_at_once()
    {
        var office = await server.NewOfficeAsync();
        Assert.Equal(["period", "compare", "user_id"],
            (await office.Admin.GetAsync($"{Path}/leads?period=soon&compare=rivals&user_id=lead_5")).MustNameFields());
        Assert.Equal(["end_date"],
            (await office.Admin.GetAsync($"{Path}/leads?start_date=2026-02-01&end_date=2026-01-31")).MustNameFields());
        Assert.Equal(["start_date", "end_date"],
            (await office.Admin.GetAsync($"{Path}/leads?start_date=2026-02-31&end_date=1st")).MustNameFields());
        Assert.Equal(["compare"], (await office.Admin.GetAsync($"{Path}/leads?compare=previous_year")).MustNameFields());
        Assert.Equal(30, Days((await office.Admin.GetAsync($"{Path}/leads?time_period=30days")).Must(200)));
    }

    [Fact]
    public async Task Who_may_see_only_the_own_is_counted_only_the_own()
    {
        var office = await server.NewOfficeAsync();
        var (own, id) = await office.NewUserWhoMayAsync("analytics:read", "leads:read:own", "deals:read:own");
        var history = new History(office, TimeZoneInfo.Utc, new Random(5), DateOnly.FromDateTime(DateTime.UnixEpoch.AddDays(20_000)));
        await history.WriteAsync(20, [office.AdminId, id]);
        await server.RollUpAsync();
        Assert.Equal(history.Leads.Count(l => l.Person == id), (await own.GetAsync($"{Path}/leads")).Must(200).Long("total_leads"));
        Assert.Equal(history.Deals.Count(d => d.Person == id), (await own.GetAsync($"{Path}/deals")).Must(200).Long("total_deals"));
        (await own.GetAsync($"{Path}/properties")).MustRefuse(403, "AUTH_003");
        var dashboard = (await own.GetAsync($"{Path}/dashboard")).Must(200);
        Assert.True(dashboard.IsNull("properties") && dashboard.IsNull("total_properties") && dashboard.IsNull("campaigns"));
        Assert.Equal(history.Leads.Count(l => l.Person == id), dashboard.Long("total_leads"));
        (await own.GetAsync($"{Path}/leads?user_id={office.AdminId}")).Must(404);
        Assert.Equal(history.Leads.Count(l => l.Person == office.AdminId),
            (await office.Admin.GetAsync($"{Path}/leads?user_id=user_{office.AdminId}")).Must(200).Long("total_leads"));
    }

    private static IEnumerable<(string Query, DateOnly From, DateOnly To)> Spans(DateOnly today, Random random)
    {
        yield return ("period=7d", today.AddDays(-6), today);
        yield return ("period=12m", today.AddDays(1).AddMonths(-12), today);
        yield return ("period=ytd", new DateOnly(today.Year, 1, 1), today);
        for (var i = 0; i < 4; i++)
        {
            var (from, length) = (today.AddDays(-random.Next(30, 750)), random.Next(0, 200));
            yield return (string.Create(CultureInfo.InvariantCulture,
                $"start_date={from:yyyy-MM-dd}&end_date={from.AddDays(length):yyyy-MM-dd}"), from, from.AddDays(length));
        }
    }

    private static async Task CheckAsync(Office office, History history, string query, DateOnly from, DateOnly to)
    {
        async Task<JsonElement> ReadAsync(string what) => (await office.Admin.GetAsync($"{Path}/{what}?{query}")).Must(200);
        var leads = history.Leads.Where(l => history.Within(l.At, from, to)).ToList();
        var answer = await ReadAsync("leads");
        Assert.Equal(leads.Count, answer.Long("total_leads"));
        foreach (var group in leads.GroupBy(l => l.Status)) Assert.Equal(group.Count(), answer.Long($"by_status.{group.Key}"));
        foreach (var group in leads.GroupBy(l => l.Source)) Assert.Equal(group.Count(), answer.Long($"by_source.{group.Key}"));
        answer.MustShow("conversion_rate", leads.Count == 0 ? null
            : Math.Round((decimal)leads.Count(l => l.Status == "converted") / leads.Count, 4));
        answer.MustShow("response_time.average_minutes", leads.Any(l => l.Minutes is not null)
            ? Math.Round((decimal)leads.Average(l => l.Minutes)!.Value, 1) : null);
        foreach (var month in answer.At("by_month").Items())
            Assert.Equal(leads.Count(l => history.Day(l.At).ToString("yyyy-MM-01", CultureInfo.InvariantCulture) == month.Text("month")),
                month.Long("count"));
        Assert.Equal(leads.Count, answer.At("by_month").Items().Sum(m => m.Long("count")));

        var properties = history.Properties.Where(p => history.Within(p.At, from, to)).ToList();
        answer = await ReadAsync("properties");
        Assert.Equal(properties.Count, answer.Long("total_properties"));
        Assert.Equal(properties.Where(p => p.Currency == "USD").Sum(p => p.Price ?? 0), answer.Number("total_value"));
        Assert.Equal(properties.Count(p => p.Type is null), answer.At("by_type").TryGetProperty("unknown", out var unknown)
            ? unknown.GetInt64() : 0);
        if (properties.Any(p => p.Currency == "AED")) Assert.Equal(properties.Where(p => p.Currency == "AED").Sum(p => p.Price ?? 0),
            answer.Number("by_currency.AED"));

        var deals = history.Deals.Where(d => history.Within(d.At, from, to)).ToList();
        var (won, lost) = (Closed(history, "closed_won", from, to), Closed(history, "closed_lost", from, to));
        answer = await ReadAsync("deals");
        Assert.Equal((deals.Count, won.Count, lost.Count), (answer.Long("total_deals"), answer.Long("won_deals"),
            answer.Long("lost_deals")));
        foreach (var group in deals.GroupBy(d => d.Stage)) Assert.Equal(group.Count(), answer.Long($"by_stage.{group.Key}"));
        Assert.Equal(deals.Where(d => d.Currency == "USD").Sum(d => d.Value), answer.Number("total_value"));
        answer.MustShow("win_rate", won.Count + lost.Count == 0 ? null : Math.Round((decimal)won.Count / (won.Count + lost.Count), 4));
        answer.MustShow("average_days_to_close", won.Count == 0 ? null
            : Math.Round((decimal)won.Average(d => (d.Closed!.Value - d.At).TotalDays), 1));

        answer = await ReadAsync("revenue");
        if (query.Length > 0)
        {
            Assert.Equal(won.Where(d => d.Currency == "USD").Sum(Commission), answer.Number("total_commissions"));
            foreach (var agent in answer.At("by_agent").Items())
                Assert.Equal(won.Where(d => d.Currency == "USD" && d.Person == agent.Long("user_id")).Sum(Commission),
                    agent.Number("commissions"));
            Assert.Equal(answer.Number("total_revenue"), answer.At("by_month").Items().Sum(m => m.Number("revenue")));
        }
        if (query.Length > 0) // without a period it is of the last thirty days
        {
            answer = await ReadAsync("performance");
            Assert.Equal(2, answer.At("agents").Items().Count());
            foreach (var agent in answer.At("agents").Items())
            {
                var (who, mine) = (agent.Long("user_id"), won.Where(d => d.Person == agent.Long("user_id")).ToList());
                Assert.Equal((mine.Count, mine.Where(d => d.Currency == "USD").Sum(d => d.Value)),
                    (agent.Long("deals_won"), agent.Number("volume")));
                var here = mine.Where(d => d.Currency == "USD").ToList();
                agent.MustShow("gross_commission", here.Count == 0 ? 0 : here.All(d => d.Rate is null) ? null : here.Sum(Commission));
                var answered = leads.Where(l => l.Person == who && l.Minutes is not null).ToList();
                agent.MustShow("first_response_minutes", answered.Count == 0 ? null
                    : Math.Round((decimal)answered.Average(l => l.Minutes)!.Value, 1));
            }
        }
        answer = await ReadAsync("dashboard");
        Assert.Equal((properties.Count, leads.Count, deals.Count), (answer.Long("total_properties"), answer.Long("total_leads"),
            answer.Long("total_deals")));
        Assert.Equal(won.Where(d => d.Currency == "USD").Sum(Commission), answer.Number("revenue.total_commissions"));
        Assert.Equal(properties.Count(p => p.Status == "under_contract"), answer.Long("properties.under_contract"));
    }

    private static List<PastDeal> Closed(History history, string stage, DateOnly from, DateOnly to) =>
        [.. history.Deals.Where(d => d.Stage == stage && history.Within(d.Closed, from, to))];

    private static decimal Commission(PastDeal deal) => Math.Round(deal.Value * (deal.Rate ?? 0) / 100, 2);

    private static int Days(JsonElement answer) => answer.At("period").Deserialize<Span>() is { } span
        ? span.To.DayNumber - span.From.DayNumber + 1 : 0;

    private sealed record Span([property: System.Text.Json.Serialization.JsonPropertyName("from")] DateOnly From,
        [property: System.Text.Json.Serialization.JsonPropertyName("to")] DateOnly To);
}
