using System.Text.Json;
using RealEstateOs.ApiTests.Fixture;
using RealEstateOs.ApiTests.Marketing;

namespace RealEstateOs.ApiTests.Social;

public sealed class PostTests(Server server)
{
    private const string Path = "/api/v1/social/posts";

    [Fact]
    public async Task A_request_writes_a_post_for_each_network_and_says_where_its_advice_comes_from()
    {
        var office = await server.NewOfficeAsync();
        var property = await office.NewListingAsync();
        var made = (await office.Admin.PostAsync(Path, new
        {
            property_id = $"prop_{property}", platforms = new[] { "instagram", "facebook", "linkedin", "x" }, post_type = "new_listing",
            content_style = "luxury", include_property_details = true,
            call_to_action = "dm_for_viewing", hashtags = "auto_generate",
        })).Must(201);
        var posts = made.At("posts").Items();
        Assert.Equal(["instagram", "facebook", "linkedin", "x"], posts.Select(p => p.Text("platform")));
        Assert.All(posts, p =>
        {
            Assert.Contains("2,450,000", p.Text("content"), StringComparison.Ordinal);
            Assert.Contains("0071158760954", p.Text("content"), StringComparison.Ordinal);
            Assert.Contains("#DubaiMarina", p.At("hashtags").Items().Select(h => h.GetString()));
            Assert.InRange(p.Long("characters"), 1, p.Long("character_limit"));
            Assert.Equal(("draft", "default_table"), (p.Text("status"), p.Text("optimal_time_source")));
            Assert.True(p.IsNull("expected_reach"));
            Assert.Contains("five own posts", p.Text("note"), StringComparison.Ordinal);
        });
        Assert.Equal(4, posts.Select(p => p.Text("content")).Distinct().Count());
        Assert.StartsWith("social_camp_", made.Text("campaign_id"), StringComparison.Ordinal);
        Assert.True(posts[3].Long("characters") <= 280);
    }

    [Fact]
    public async Task The_body_of_a_telephone_is_taken_too_and_a_time_makes_it_scheduled_to_the_minute()
    {
        var office = await server.NewOfficeAsync();
        var property = await office.NewListingAsync();
        var at = TimeProvider.System.GetUtcNow().AddDays(2);
        var post = (await office.Admin.PostAsync(Path, new
        {
            property_id = property, platform = "instagram", content_type = "open_house", custom_message = "Come and see us on Saturday.",
            schedule_time = at, hashtags = new[] { "#OpenHouse", "DubaiMarina" }, max_hashtags = 1,
        })).Must(201).At("posts").Items()[0];
        Assert.Contains("Come and see us on Saturday.", post.Text("content"), StringComparison.Ordinal);
        Assert.Equal(["#OpenHouse"], post.At("hashtags").Items().Select(h => h.GetString()));
        Assert.Equal("scheduled", post.Text("status"));
        Assert.Equal(0, post.At("scheduled_time").GetDateTimeOffset().Second);
        var listed = (await office.Admin.GetAsync($"{Path}?status=scheduled")).Must(200).Items();
        Assert.Equal(post.Text("post_id"), Assert.Single(listed).Text("id"));
        var upcoming = (await office.Admin.GetAsync("/api/v1/social/schedule/upcoming?days=7&platform=all")).Must(200);
        Assert.Equal((1, 1), (upcoming.Long("total_scheduled"), upcoming.Long("platforms_summary.instagram")));
        Assert.Empty((await office.Admin.GetAsync("/api/v1/social/schedule/upcoming?platform=x")).Must(200).At("upcoming_posts").Items());
    }

    [Fact]
    public async Task What_a_network_would_refuse_is_refused_here_with_every_fault()
    {
        var office = await server.NewOfficeAsync();
        var property = await office.NewListingAsync();
        Assert.Equal(["call_to_action", "language", "platforms"],
            (await office.Admin.PostAsync(Path, new { property_id = property, language = "fr", call_to_action = "dance" })).MustNameFields()
                .Order());
        Assert.Equal(["hashtags"], (await office.Admin.PostAsync(Path, new
        {
            property_id = property, platform = "instagram", hashtags = new[] { "#a1", "#b1", "#c1", "#d1", "#e1", "#f1" },
        })).MustNameFields());
        Assert.Equal(["custom_message"],
            (await office.Admin.PostAsync(Path,
                new { property_id = property, platform = "x", custom_message = new string('a', 300) })).MustNameFields());
        Assert.Equal(["property_id"],
            (await office.Admin.PostAsync(Path, new { property_id = 999_999_999, platform = "x" })).MustNameFields());
        Assert.Equal(["hashtags[1]"],
            (await office.Admin.PostAsync(Path,
                new { property_id = property, platform = "x", hashtags = new[] { "#Good", "not one" } })).MustNameFields());
        Assert.Equal(["custom_message"], (await office.Admin.PostAsync(Path, new { platform = "x" })).MustNameFields());
    }

    [Fact]
    public async Task What_is_said_of_no_property_announces_none()
    {
        var office = await server.NewOfficeAsync();
        var made = (await office.Admin.PostAsync(Path, new { platform = "x", custom_message = "We are open on Saturday." })).Must(201)
            .At("posts").Items()[0];
        Assert.StartsWith("We are open on Saturday.", made.Text("content"), StringComparison.Ordinal);
        Assert.DoesNotMatch("(?i)#(justlisted|newlisting)", made.Text("content"));
        Assert.Equal("custom", (await office.Admin.GetAsync($"{Path}/{made.Text("post_id")}")).Must(200).Text("post_type"));
    }

    [Fact]
    public async Task An_agent_who_does_not_see_the_property_can_not_write_about_it()
    {
        var office = await server.NewOfficeAsync();
        var property = await office.NewListingAsync();
        var (stranger, _) = await office.NewUserWhoMayAsync("social:create", "properties:read:own");
        Assert.Equal(["property_id"], (await stranger.PostAsync(Path, new { property_id = property, platform = "x" })).MustNameFields());
    }

    [Fact]
    public async Task A_text_may_be_changed_within_its_network_and_the_next_post_of_a_kind_sounds_different()
    {
        var office = await server.NewOfficeAsync();
        var property = await office.NewListingAsync();
        var texts = new List<string>();
        JsonElement last = default;
        for (var i = 0; i < 4; i++)
        {
            last = (await office.Admin.PostAsync(Path, new { property_id = property, platform = "x" })).Must(201).At("posts").Items()[0];
            texts.Add(last.Text("content")!);
        }
        Assert.Equal(4, texts.Distinct().Count());
        var id = last.Text("post_id");
        Assert.Equal(["content"], (await office.Admin.PatchAsync($"{Path}/{id}", new { content = new string('x', 281) })).MustNameFields());
        var changed = (await office.Admin.PatchAsync($"{Path}/{id}", new { content = "A calm corner. #DubaiMarina" })).Must(200);
        Assert.Equal("#DubaiMarina", Assert.Single(changed.At("hashtags").Items()).GetString());
        var preview = (await office.Admin.GetAsync($"{Path}/{id}/preview")).Must(200);
        Assert.Equal((27, 280), (preview.Long("characters"), preview.Long("character_limit")));
        (await office.Admin.DeleteAsync($"{Path}/{id}")).Must(204);
        (await office.Admin.GetAsync($"{Path}/{id}")).Must(404);
    }

    [Fact]
    public async Task Hashtags_are_never_more_than_the_network_takes_and_what_nobody_measured_is_null()
    {
        var office = await server.NewOfficeAsync();
        var found = (await office.Admin.PostAsync("/api/v1/social/hashtags/research", new
        {
            property_type = "luxury_apartment", location = "Dubai Marina", target_audience = "investors", platform = "instagram",
            hashtag_count = 20,
        })).Must(200);
        Assert.Equal(5, found.At("recommended_hashtags").Items().Length);
        Assert.Equal("#DubaiMarina", found.At("recommended_hashtags").Items()[0].GetString());
        Assert.True(found.IsTrue("market_specific"));
        Assert.All(found.At("hashtag_analytics").EnumerateObject(),
            tag => Assert.True(tag.Value.IsNull("posts") && tag.Value.IsNull("engagement_rate")));
        var many = (await office.Admin.PostAsync("/api/v1/social/hashtags/research",
            new { property_type = "villa", location = "Dubai Hills", target_audience = "investors", platform = "linkedin",
                hashtag_count = 20 })).Must(200);
        Assert.InRange(many.At("recommended_hashtags").Items().Length, 10, 20);
        Assert.False((await office.Admin.PostAsync("/api/v1/social/hashtags/research",
            new { location = "Springfield", target_audience = "sellers" })).Must(200).At("recommended_hashtags").Items().Length == 0);
    }
}
