using System.Text.Json;
using RealEstateOs.ApiTests.Fixture;
using RealEstateOs.ApiTests.Marketing;

namespace RealEstateOs.ApiTests.Social;

public sealed class CampaignTests(Server server)
{
    private const string Path = "/api/v1/social/campaigns";

    [Fact]
    public async Task A_calendar_has_a_post_for_each_day_and_network_at_the_offices_hours_and_a_budget_that_adds_up()
    {
        var (office, made) = await NewCampaignAsync(
            new { frequency = "daily", post_types = new[] { "hero_image", "detail_shots", "lifestyle", "testimonial" } }, 14, 1000);
        var calendar = made.At("content_calendar").Items();
        Assert.Equal(42, made.Long("total_posts_planned"));
        Assert.Equal(1000m, made.At("budget_allocation").EnumerateObject().Sum(b => b.Value.GetDecimal()));
        Assert.Equal("evenly", made.Text("budget_basis"));
        Assert.Equal(42, calendar.Select(c => (c.Text("date"), c.Text("platform"))).Distinct().Count());
        Assert.All(calendar.GroupBy(c => c.Text("date")), day => Assert.Equal(3, day.Select(c => c.Text("post_type")).Distinct().Count()));
        Assert.All(calendar, c => Assert.InRange(c.At("scheduled_time").GetDateTimeOffset().ToOffset(TimeSpan.FromHours(4)).Hour, 8, 21));
        Assert.All(calendar.GroupBy(c => c.Text("platform")),
            n => Assert.Equal(n.Count(), n.Select(c => c.Text("content")).Distinct().Count()));
        Assert.True(made.IsNull("estimated_reach"));
        Assert.Equal(42, (await office.Admin.GetAsync("/api/v1/social/schedule/upcoming?days=30")).Must(200).Long("total_scheduled"));
    }

    [Fact]
    public async Task A_shift_keeps_the_time_of_day_and_goes_not_into_the_past()
    {
        var (office, made) = await NewCampaignAsync(new { frequency = "weekly" }, 21, null);
        var id = made.Text("campaign_id");
        var moved = (await office.Admin.PostAsync($"{Path}/{id}/shift", new { days = 2 })).Must(200);
        Assert.Equal(Times(made).Select(t => t.AddDays(2)), Times(moved));
        Assert.Equal(["days"], (await office.Admin.PostAsync($"{Path}/{id}/shift", new { days = -60 })).MustNameFields());
        Assert.Equal(["days"], (await office.Admin.PostAsync($"{Path}/{id}/shift", new { })).MustNameFields());
        Assert.Equal(Times(moved), Times((await office.Admin.GetAsync($"{Path}/{id}")).Must(200)));
    }

    [Fact]
    public async Task A_shift_over_the_change_of_the_clocks_keeps_the_hour_on_the_wall()
    {
        var office = await server.NewOfficeAsync();
        var property = await office.NewListingAsync();
        var made = (await office.Admin.PostAsync(Path, new
        {
            campaign_name = "Over the clocks", property_id = property, platforms = new[] { "x" }, campaign_duration_days = 1,
            start_date = "2027-03-13", time_zone = "America/New_York",
        })).Must(201);
        var moved = (await office.Admin.PostAsync($"{Path}/{made.Text("campaign_id")}/shift", new { days = 1 })).Must(200);
        Assert.Equal(TimeSpan.FromHours(23), Times(moved)[0] - Times(made)[0]);
    }

    [Fact]
    public async Task A_paused_campaign_holds_its_posts_and_a_resumed_one_lets_them_go()
    {
        var (office, made) = await NewCampaignAsync(new { frequency = "weekly" }, 14, null);
        var id = made.Text("campaign_id");
        var paused = (await office.Admin.PostAsync($"{Path}/{id}/pause")).Must(200);
        Assert.Equal("paused", paused.Text("status"));
        Assert.All(paused.At("content_calendar").Items(), c => Assert.Equal("held", c.Text("status")));
        (await office.Admin.PostAsync($"{Path}/{id}/pause")).MustRefuse(409, "RES_003");
        var resumed = (await office.Admin.PostAsync($"{Path}/{id}/resume")).Must(200);
        Assert.All(resumed.At("content_calendar").Items(), c => Assert.Equal("scheduled", c.Text("status")));
        Assert.Equal(Times(made), Times(resumed));
        var cancelled = (await office.Admin.PostAsync($"{Path}/{id}/cancel")).Must(200);
        Assert.All(cancelled.At("content_calendar").Items(), c => Assert.Equal("cancelled", c.Text("status")));
        (await office.Admin.PostAsync($"{Path}/{id}/shift", new { days = 1 })).MustRefuse(409, "RES_003");
    }

    [Fact]
    public async Task A_summary_says_null_where_nothing_was_measured()
    {
        var (office, made) = await NewCampaignAsync(new { frequency = "daily" }, 2, 500);
        var summary = (await office.Admin.GetAsync(
            $"/api/v1/social/analytics/summary?period=30d&campaign_id={made.Text("campaign_id")}")).Must(200);
        Assert.Equal((6, 0), (summary.Long("campaign_performance.total_posts"), summary.Long("campaign_performance.published_posts")));
        foreach (var member in new[] { "total_reach", "total_engagement", "engagement_rate", "leads_generated", "cost_per_lead" })
            Assert.True(summary.IsNull($"campaign_performance.{member}"), member);
        Assert.Equal(["period"], (await office.Admin.GetAsync("/api/v1/social/analytics/summary?period=soon")).MustNameFields());
    }

    private async Task<(Office Office, JsonElement Made)> NewCampaignAsync(object calendar, int days, decimal? budget)
    {
        var office = await server.NewOfficeAsync();
        var property = await office.NewListingAsync();
        return (office, (await office.Admin.PostAsync(Path, new
        {
            campaign_name = "Marina Heights Launch Campaign", property_id = $"prop_{property}", campaign_duration_days = days,
            platforms = new[] { "instagram", "facebook", "linkedin" },
            content_calendar = calendar, budget, target_audience = "luxury_property_buyers",
            start_date = TimeProvider.System.GetUtcNow().AddDays(2).ToString("yyyy-MM-dd",
                System.Globalization.CultureInfo.InvariantCulture),
        })).Must(201));
    }

    private static DateTimeOffset[] Times(JsonElement campaign) =>
        [.. campaign.At("content_calendar").Items().Select(c => c.At("scheduled_time").GetDateTimeOffset())];
}
