using Microsoft.Extensions.DependencyInjection;
using RealEstateOs.ApiTests.Deals;
using RealEstateOs.ApiTests.Fixture;
using RealEstateOs.ApiTests.Leads;
using RealEstateOs.Platform.Persistence;

namespace RealEstateOs.ApiTests.Analytics;

/// <summary>What dashboards read from sums is always what a recount of the rows says.</summary>
public sealed class RollupTests(Server server)
{
    private static readonly string[] Periods =
        ["", "period=7d", "period=12m&compare=previous_year", "start_date=2025-02-28&end_date=2026-03-01"];

    [Theory]
    [InlineData("America/Havana", 21)] // clocks fall back over midnight
    [InlineData("Asia/Kathmandu", 22)] // five hours and three quarters
    public async Task Figures_equal_a_recount_when_the_past_is_changed_rolled_up_and_moved_to_another_zone(string zone, int seed)
    {
        var (office, random) = (await server.NewOfficeAsync(), new Random(seed));
        (await office.Admin.PatchAsync("/api/v1/organization", new { time_zone = zone, currency = "USD" })).Must(200);
        await WriteHistoryAsync(office, zone, random);
        var changes = new PastChanges(office, random);
        await changes.MakeAsync();
        await server.RollUpAsync();
        Assert.True(await server.CountAsync("analytics.rollups where organization_id = $1 and n <> 0", office.OrganizationId) > 100);
        await office.FiguresMustEqualARecountAsync(Periods);

        for (var i = 0; i < 2; i++)
        {
            await changes.MakeAsync();
            await office.FiguresMustEqualARecountAsync(Periods);
            await server.RollUpAsync();
            Assert.Equal(0, await server.CountAsync("platform.report_changes where organization_id = $1", office.OrganizationId));
            await office.FiguresMustEqualARecountAsync(Periods);
        }
        (await office.Admin.PatchAsync("/api/v1/organization", new { time_zone = "Pacific/Auckland" })).Must(200);
        await office.FiguresMustEqualARecountAsync(Periods);
        await server.RollUpAsync();
        await office.FiguresMustEqualARecountAsync(Periods);
    }

    [Fact]
    public async Task A_change_of_the_past_shows_at_once_however_it_is_made()
    {
        var office = await server.NewOfficeAsync();
        var (kept, twin) = ((await office.NewLeadAsync(("source", "website"), ("email", "one@example.com"))).Id(),
            (await office.NewLeadAsync(("source", "referral"))).Id());
        var deal = (await office.NewDealAsync(members: [("lead_id", twin), ("commission_rate", 2)])).Id();
        await server.RollUpAsync();
        async Task<(long Leads, long Won, string Sources)> ShownAsync() =>
            ((await office.Admin.GetAsync("/api/v1/analytics/dashboard")).Must(200).Long("total_leads"),
                (await office.Admin.GetAsync("/api/v1/analytics/deals?period=30d")).Must(200).Long("won_deals"),
                string.Join(", ", (await office.Admin.GetAsync("/api/v1/analytics/revenue?period=30d")).Must(200).At("by_source")
                    .EnumerateObject().Select(s => $"{s.Name} {s.Value.GetDecimal():0}")));
        Assert.Equal((2, 0, ""), await ShownAsync());

        (await office.Admin.PatchAsync($"/api/v1/deals/{deal}", new { stage = "closed_won" })).Must(200);
        Assert.Equal((2, 1, "referral 10000"), await ShownAsync());
        await server.RollUpAsync();
        (await office.Admin.PostAsync($"/api/v1/leads/{kept}/merge", new { lead_id = twin })).Must(200);
        Assert.Equal((1, 1, "website 10000"), await ShownAsync());
        await server.RollUpAsync();
        Assert.Equal((1, 1, "website 10000"), await ShownAsync());
        (await office.Admin.PatchAsync($"/api/v1/leads/{kept}", new { source = "portal" })).Must(200);
        Assert.Equal((1, 1, "portal 10000"), await ShownAsync());
        (await office.Admin.DeleteAsync($"/api/v1/leads/{kept}")).Must(204);
        Assert.Equal((0, 1, "unknown 10000"), await ShownAsync());
        (await office.Admin.DeleteAsync($"/api/v1/deals/{deal}")).Must(204);
        Assert.Equal((0, 0, ""), await ShownAsync());
        await server.RollUpAsync();
        Assert.Equal((0, 0, ""), await ShownAsync());
    }

    [Fact]
    public async Task Nothing_is_lost_or_counted_twice_while_many_write_and_figures_are_rolled_up()
    {
        var office = await server.NewOfficeAsync();
        await WriteHistoryAsync(office, "UTC", new Random(31));
        var writers = Enumerable.Range(32, 4).Select(async seed =>
        {
            for (var i = 0; i < 3; i++) await new PastChanges(office, new Random(seed + i)).MakeAsync();
        }).ToArray();
        for (var all = Task.WhenAll(writers); !all.IsCompleted;) await server.RollUpAsync();
        await Task.WhenAll(writers);
        await office.FiguresMustEqualARecountAsync(Periods);
        await server.RollUpAsync();
        await office.FiguresMustEqualARecountAsync(Periods);
    }

    [Fact]
    public async Task A_roll_up_that_dies_halfway_has_changed_nothing_and_is_made_up_for()
    {
        var office = await server.NewOfficeAsync();
        await office.NewLeadAsync();
        await server.RollUpAsync();
        await office.NewLeadAsync();
        var (system, ct) = (server.Services.GetRequiredService<DataSources>().System, TestContext.Current.CancellationToken);
        await using (var connection = await system.OpenConnectionAsync(ct))
        {
            await using var transaction = await connection.BeginTransactionAsync(ct);
            await using (var hold = connection.CreateCommand())
            {
                // The note that facts are rolled up waits for this one.
                hold.CommandText = "select * from analytics.rolled where organization_id = $1 and fact = 'leads' for update";
                hold.Parameters.Add(new() { Value = office.OrganizationId });
                await hold.ExecuteNonQueryAsync(ct);
            }
            await server.StartRollUpAsync();
            const string Waiting = """
                pg_stat_activity where wait_event_type = 'Lock' and query like '%insert into analytics.rolled%'
                    and datname = current_database()
                """;
            await Eventually.UntilAsync(async () => await server.CountAsync(Waiting) > 0);
            Assert.True(await server.CountAsync($"(select pg_terminate_backend(pid) from {Waiting}) ended") > 0);
        }
        const string Counted = "analytics.rollup_blocks where organization_id = $1 and fact = 'leads' and n = ";
        Assert.Equal(1, await server.CountAsync(Counted + "1", office.OrganizationId));
        Assert.Equal(2, (await office.Admin.GetAsync("/api/v1/analytics/leads")).Must(200).Long("total_leads"));
        await server.RollUpAsync();
        Assert.Equal(1, await server.CountAsync(Counted + "2", office.OrganizationId));
        Assert.Equal(2, (await office.Admin.GetAsync("/api/v1/analytics/leads")).Must(200).Long("total_leads"));
    }

    private static async Task WriteHistoryAsync(Office office, string zone, Random random)
    {
        var here = TimeZoneInfo.FindSystemTimeZoneById(zone);
        var today = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(TimeProvider.System.GetUtcNow(), here).DateTime);
        (await office.Admin.PostAsync("/api/v1/clients", new { first_name = "Cleo", last_name = "Client" })).Must(201);
        await new History(office, here, random, today).WriteAsync(40, [office.AdminId]);
        await office.ChangeAsync(
            """
            update deals.deals d set lead_id = l.id, property_id = p.id from
                (select id, row_number() over (order by id) n from leads.leads where organization_id = $1) l
                join (select id, row_number() over (order by id) n from properties.properties where organization_id = $1) p using (n)
                join (select id, row_number() over (order by id) n from deals.deals where organization_id = $1) x using (n)
            where d.id = x.id and d.organization_id = $1
            """);
    }
}
