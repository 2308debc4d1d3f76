using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using RealEstateOs.ApiTests.Fixture;
using RealEstateOs.ApiTests.Imports;
using RealEstateOs.ApiTests.Marketing;
using RealEstateOs.Contracts.Social;

namespace RealEstateOs.ApiTests.Social;

public sealed class MeasuringTests(Server server)
{
    private const string Posts = "/api/v1/social/posts";

    [Fact]
    public async Task Who_follows_a_posts_link_and_asks_for_a_viewing_is_a_lead_of_the_post_once()
    {
        var office = await server.NewOfficeAsync();
        var property = await office.NewListingAsync();
        var (package, _) = await office.NewPackageAsync(property, ["landing_page"]);
        await office.ApproveAsync(package);
        (await office.Admin.PostAsync($"{MarketingDesk.Campaigns}/{package}/launch", new { })).Must(200);
        var post = (await office.Admin.PostAsync(Posts, new { property_id = property, platform = "facebook" })).Must(201).At("posts")
            .Items()[0];
        var link = new Uri(Regex.Match(post.Text("content")!, @"https?://\S+/s/\S+").Value).PathAndQuery;
        await server.Anonymous.SendAsync(HttpMethod.Head, link, null); // only looks where it leads
        var led = await server.Anonymous.GetAsync(link);
        Assert.Equal(302, led.Status);
        var page = new Uri(led.Header("Location")!).PathAndQuery;
        var action = Regex.Match((await server.Anonymous.GetAsync(page)).Text, "action=\"([^\"]+)\"").Groups[1].Value.Replace("&amp;", "&",
            StringComparison.Ordinal);
        var form = new Dictionary<string, string> { ["name"] = "Lina Lead", ["email"] = $"lina-{Guid.NewGuid():n}@example.com",
            ["consent"] = "yes" };
        for (var i = 0; i < 2; i++) Assert.Equal(302, (await server.Anonymous.PostAsync(action, new FormUrlEncodedContent(form))).Status);
        var summary = (await office.Admin.GetAsync("/api/v1/social/analytics/summary")).Must(200);
        Assert.Equal((1, 1), (summary.Long("campaign_performance.leads_generated"), summary.Long("campaign_performance.link_clicks")));
        Assert.Equal(1, summary.Long("platform_breakdown.facebook.leads"));
        Assert.Equal(404, (await server.Anonymous.GetAsync("/s/aaaaaaaaaaaaaaaa")).Status);
    }

    [Fact]
    public async Task Somebody_may_say_that_a_lead_came_by_a_post_and_a_merge_counts_one_person()
    {
        var office = await server.NewOfficeAsync();
        var property = await office.NewListingAsync();
        var post = (await office.Admin.PostAsync(Posts, new { property_id = property, platform = "x" })).Must(201).At("posts").Items()[0]
            .Text("post_id");
        var leads = new List<long>();
        for (var i = 0; i < 2; i++)
        {
            leads.Add((await office.Admin.PostAsync("/api/v1/leads",
                new { first_name = "Omar", last_name = $"No{i}", email = $"omar-{Guid.NewGuid():n}@example.com" })).Must(201).Id());
            Assert.Equal("person", (await office.Admin.PostAsync($"{Posts}/{post}/leads", new { lead_id = leads[i] })).Must(200)
                .Text("source"));
        }
        Assert.Equal(["lead_id"], (await office.Admin.PostAsync($"{Posts}/{post}/leads", new { lead_id = 999_999_999 })).MustNameFields());
        Assert.Equal(2, (await office.Admin.GetAsync("/api/v1/social/analytics/summary")).Must(200)
            .Long("campaign_performance.leads_generated"));
        (await office.Admin.PostAsync($"/api/v1/leads/{leads[0]}/merge", new { lead_id = leads[1] })).Must(200);
        Assert.Equal(1, (await office.Admin.GetAsync("/api/v1/social/analytics/summary")).Must(200)
            .Long("campaign_performance.leads_generated"));
    }

    [Fact]
    public async Task What_the_network_counts_is_collected_and_a_file_adds_what_it_does_not_tell()
    {
        var office = await server.NewOfficeAsync();
        var account = FakeNetworks.NewAccount(SocialPlatform.Instagram);
        (await office.Admin.PostAsync("/api/v1/social/accounts",
            new { platform = "instagram", external_id = account.Id, access_token = account.Token })).Must(201);
        var property = await office.NewListingAsync();
        (await office.Admin.PostAsync($"/api/v1/properties/{property}/images", new { url = $"{FakeNetworks.Url}/1/photo.png" })).Must(201);
        var post = (await office.Admin.PostAsync(Posts, new { property_id = property, platform = "instagram" })).Must(201).At("posts")
            .Items()[0].Text("post_id")!;
        (await office.Admin.PostAsync($"{Posts}/{post}/publish")).Must(202);
        var summary = await UntilAsync(office, s => s.Long("campaign_performance.measured_posts") == 1);
        Assert.Equal((700, 50), (summary.Long("campaign_performance.total_reach"), summary.Long("campaign_performance.total_engagement")));
        Assert.Equal(0.0714m, summary.Number("campaign_performance.engagement_rate"));
        Assert.Equal(post, summary.At("top_performing_posts").Items()[0].Text("post_id"));
        var at = TimeProvider.System.GetUtcNow().AddHours(1).ToString("O", System.Globalization.CultureInfo.InvariantCulture);
        var file = Encoding.UTF8.GetBytes(
            $"Post ID,Date,Reach,Likes,Comments,Clicks\n{account.Posts.Single().Id},{at},1000,90,10,\nnot-ours,{at},1,1,1,1\n");
        (await office.Admin.UploadAsync(file, "insights.csv", ("entity", "post_insights"))).Must(202);
        summary = await UntilAsync(office, s => s.Long("campaign_performance.total_reach") == 1000);
        Assert.Equal(100, summary.Long("campaign_performance.total_engagement"));
    }

    [Fact]
    public async Task A_launch_plans_a_post_for_each_connected_network_once()
    {
        var office = await server.NewOfficeAsync();
        var account = FakeNetworks.NewAccount(SocialPlatform.X);
        (await office.Admin.PostAsync("/api/v1/social/accounts",
            new { platform = "x", external_id = account.Id, access_token = account.Token })).Must(201);
        var property = await office.NewListingAsync();
        var (package, _) = await office.NewPackageAsync(property, ["social"]);
        await office.ApproveAsync(package);
        for (var i = 0; i < 2; i++)
        {
            var launched = (await office.Admin.PostAsync($"{MarketingDesk.Campaigns}/{package}/launch", new { })).Must(200);
            var social = Assert.Single(launched.At("channels").Items(), c => c.Text("channel") == "social");
            Assert.Equal(("distributed", "Posts are planned: 1."), (social.Text("outcome"), social.Text("detail")));
        }
        Assert.Equal(1, (await office.Admin.GetAsync("/api/v1/social/schedule/upcoming?days=3")).Must(200).Long("total_scheduled"));
    }

    private static Task<JsonElement> UntilAsync(Office office, Func<JsonElement, bool> holds) =>
        Eventually.UntilAsync(async () => (await office.Admin.GetAsync("/api/v1/social/analytics/summary")).Must(200), holds);
}
