using RealEstateOs.ApiTests.Fixture;
using RealEstateOs.ApiTests.Leads;

namespace RealEstateOs.ApiTests.Rules;

/// <summary>"Tomorrow at eleven" is eleven by the clock in the office.</summary>
public sealed class OfficeTimeTests(Server server)
{
    [Theory]
    [InlineData("2026-12-01T11:00", "2026-12-01T07:00:00.000000Z")]
    [InlineData("2026-12-01 11:00:30", "2026-12-01T07:00:30.000000Z")]
    [InlineData("2026-12-01T11:00:00Z", "2026-12-01T11:00:00.000000Z")]
    [InlineData("2026-12-01T11:00:00+02:00", "2026-12-01T09:00:00.000000Z")]
    public async Task A_viewing_without_a_zone_is_by_the_clock_in_the_office(string at, string utc)
    {
        var office = await DubaiAsync();
        var path = $"{LeadVerbs.Path}/{(await office.NewLeadAsync()).Id()}/activities";
        var viewing = (await office.Admin.PostAsync(path,
            new { activity_type = "viewing", subject = "Marina", scheduled_at = at })).Must(201);
        Assert.Equal(utc, viewing.Text("scheduled_at"));
        var moved = await office.Admin.PatchAsync($"{path}/{viewing.Id()}", new { scheduled_at = "2026-12-02T00:30" });
        Assert.Equal("2026-12-01T20:30:00.000000Z", moved.Must(200).Text("scheduled_at"));
    }

    [Fact]
    public async Task So_is_a_time_within_a_list_of_a_body_and_a_day_that_is_wanted_as_a_time()
    {
        var office = await DubaiAsync();
        var campaign = (await office.Admin.PostAsync("/api/v1/campaigns", new
        {
            name = "Later", campaign_type = "email", subject = "x", content = "x", scheduled_at = "2099-01-01",
        })).Must(201);
        Assert.Equal("2098-12-31T20:00:00.000000Z", campaign.Text("scheduled_at"));
    }

    [Fact]
    public async Task Bounds_of_lists_are_by_the_clock_in_the_office()
    {
        var office = await DubaiAsync();
        var lead = (await office.NewLeadAsync()).Id();
        await server.ExecuteAsync("update leads.leads set created_at = '2026-01-31T21:30:00Z' where id = $1", lead); // 1:30 on the first
        async Task<int> CountAsync(string query) => (await office.Admin.GetAsync($"{LeadVerbs.Path}?{query}")).Must(200).Items().Length;
        Assert.Equal(1, await CountAsync("created_at__gte=2026-02-01"));
        Assert.Equal(1, await CountAsync("created_at__gte=2026-02-01T01:00&created_at__lte=2026-02-01T02:00"));
        Assert.Equal(0, await CountAsync("created_at__gte=2026-02-01T00:00Z"));
        Assert.Equal(1, await CountAsync("created_at__gte=2026-02-01T01:00:00%2B04:00"));
        Assert.Equal(["created_at__gte"],
            (await office.Admin.GetAsync($"{LeadVerbs.Path}?created_at__gte=01/02/2026")).MustNameFields());
    }

    [Fact]
    public async Task A_day_given_as_a_time_is_the_day_that_is_written()
    {
        var office = await DubaiAsync();
        var agenda = await office.Admin.GetAsync("/api/v1/nurturing/agenda?date_from=2026-12-01T23:30:00-08:00&date_to=2026-12-02T00:00");
        Assert.Equal(200, agenda.Status);
        Assert.Equal(agenda.Text, (await office.Admin.GetAsync("/api/v1/nurturing/agenda?date_from=2026-12-01&date_to=2026-12-02")).Text);
    }

    private async Task<Office> DubaiAsync()
    {
        var office = await server.NewOfficeAsync();
        (await office.Admin.PatchAsync("/api/v1/organization", new { time_zone = "Asia/Dubai" })).Must(200);
        return office;
    }
}
