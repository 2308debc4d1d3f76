using RealEstateOs.ApiTests.Fixture;

namespace RealEstateOs.ApiTests.Deals;

public sealed class DealListTests(Server server)
{
    private const string Path = "/api/v1/deals";

    [Fact]
    public async Task A_page_of_a_hundred_deals_costs_as_many_statements_as_a_page_of_one()
    {
        var office = await server.NewOfficeAsync();
        for (var i = 0; i < 100; i++)
        {
            var lead = (await office.Admin.PostAsync("/api/v1/leads",
                new { first_name = $"Lea {i}", last_name = "Lead", email = $"lea{i}@example.com" })).Must(201).Id();
            var splits = new object[] { new { user_id = office.AdminId, percent = 100 } };
            await office.NewDealAsync(await office.NewPropertyAsync(), ("lead_id", lead), ("assigned_to", office.AdminId),
                ("splits", splits));
        }
        using var statements = new StatementCounter();
        var one = await CostAsync(statements, office, "limit=1&offset=1", 1);
        var hundred = await CostAsync(statements, office, "limit=100&sort=created_at", 100);
        Assert.InRange(hundred, 4, one);
        Assert.InRange(one, 4, 10);
    }

    [Theory]
    [InlineData("stage=proposal", 1)]
    [InlineData("status=won", 1)]
    [InlineData("status=open", 2)]
    [InlineData("deal_type=lease", 1)]
    [InlineData("min_value=200&max_value=300", 2)]
    [InlineData("expected_close_date__lte=2026-06-30", 1)]
    [InlineData("search=marina+vi", 1)]
    [InlineData("search=nothing", 0)]
    public async Task Filters_return_what_fits(string query, int expected)
    {
        var office = await server.NewOfficeAsync();
        await office.NewDealAsync(members: [("value", 100), ("stage", "proposal"), ("expected_close_date", "2026-05-01")]);
        await office.NewDealAsync(members: [("value", 200), ("deal_type", "lease"), ("notes", "Wants a Marina view"),
            ("expected_close_date", "2026-07-01")]);
        await office.NewDealAsync(members: [("value", 300), ("stage", "closed_won")]);
        Assert.Equal(expected, (await office.Admin.GetAsync($"{Path}?{query}")).Must(200).Items().Length);
    }

    [Fact]
    public async Task An_unknown_status_is_named() =>
        Assert.Equal(["status"], (await (await server.NewOfficeAsync()).Admin.GetAsync($"{Path}?status=asleep")).MustNameFields());

    [Fact]
    public async Task The_list_exports_as_csv_with_names()
    {
        var office = await server.NewOfficeAsync();
        foreach (var value in new[] { 1, 2, 3 })
            await office.NewDealAsync(members: [("value", value), ("notes", "=1+1"), ("assigned_to", office.AdminId)]);
        var answer = await office.Admin.GetAsync($"{Path}?sort=value&limit=1", ("Accept", "text/csv"));
        var lines = answer.Text.TrimEnd().Split('\n');
        Assert.StartsWith("text/csv", answer.Header("Content-Type"), StringComparison.Ordinal);
        Assert.Contains("assigned_to_name", lines[0], StringComparison.Ordinal);
        Assert.Equal(4, lines.Length);
        Assert.All(lines[1..], line => Assert.Contains("Ada Admin", line, StringComparison.Ordinal));
        Assert.DoesNotContain(",=1+1", answer.Text, StringComparison.Ordinal);
    }

    private static async Task<int> CostAsync(StatementCounter statements, Office office, string query, int rows)
    {
        var (answer, count) = await statements.GetAsync(office.Admin, $"{Path}?{query}");
        Assert.Equal(rows, answer.Must(200).Items().Length);
        Assert.All(answer.Json.Items(), deal => Assert.Equal("12 Harbour Lane", deal.Text("property.address")));
        Assert.All(answer.Json.Items(), deal => Assert.StartsWith("Lea ", deal.Text("lead.name"), StringComparison.Ordinal));
        Assert.All(answer.Json.Items(), deal => Assert.Equal("Ada Admin", deal.Text("assigned_to_name")));
        return count;
    }
}
