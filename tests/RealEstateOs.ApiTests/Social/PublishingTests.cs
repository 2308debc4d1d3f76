using System.Text;
using System.Text.Json;
using RealEstateOs.ApiTests.Deals;
using RealEstateOs.ApiTests.Fixture;
using RealEstateOs.ApiTests.Marketing;
using RealEstateOs.Contracts.Social;

namespace RealEstateOs.ApiTests.Social;

public sealed class PublishingTests(Server server)
{
    private const string Posts = "/api/v1/social/posts";

    public static TheoryData<SocialPlatform> Networks => [.. Enum.GetValues<SocialPlatform>()];

    [Theory]
    [MemberData(nameof(Networks))]
    public async Task A_post_goes_out_once_as_it_was_written_and_says_where_it_is(SocialPlatform platform)
    {
        var (office, account) = await NewOfficeAsync(platform);
        var id = await NewPostAsync(office, platform);
        var content = (await office.Admin.GetAsync($"{Posts}/{id}")).Must(200).Text("content")!;
        Assert.False((await office.Admin.PostAsync($"{Posts}/{id}/publish")).Must(202).IsTrue("dry_run"));
        var status = await UntilAsync(office, id, "published");
        var seen = Assert.Single(account.Posts);
        Assert.Equal(content, platform == SocialPlatform.Linkedin ? Unescaped(seen.Text) : seen.Text);
        Assert.Equal(seen.Id, status.Text("network_id"));
        Assert.StartsWith("https://", status.Text("permalink"), StringComparison.Ordinal);
        Assert.DoesNotContain(account.Token, status.ToString(), StringComparison.Ordinal);
        (await office.Admin.PostAsync($"{Posts}/{id}/publish")).MustRefuse(409, "RES_003");
        (await office.Admin.PatchAsync($"{Posts}/{id}", new { content = "Another." })).MustRefuse(409, "RES_003");
        (await office.Admin.DeleteAsync($"{Posts}/{id}")).MustRefuse(409, "RES_003");
        Assert.Single(await Outbox.OfAsync(server, office, "social.post_status_changed"), e => e.Payload.Text("status") == "published");
    }

    [Theory]
    [InlineData(SocialPlatform.Instagram, Fate.AnswerLost)]
    [InlineData(SocialPlatform.Instagram, Fate.RequestLost)]
    [InlineData(SocialPlatform.Instagram, Fate.SpamButPosted)]
    [InlineData(SocialPlatform.Instagram, Fate.SlowAnswer)]
    [InlineData(SocialPlatform.Facebook, Fate.AnswerLost)]
    [InlineData(SocialPlatform.Facebook, Fate.ErrorAfterPosting)]
    [InlineData(SocialPlatform.Linkedin, Fate.AnswerLost)]
    [InlineData(SocialPlatform.Linkedin, Fate.RequestLost)]
    [InlineData(SocialPlatform.Linkedin, Fate.ErrorAfterPosting)]
    [InlineData(SocialPlatform.X, Fate.AnswerLost)]
    [InlineData(SocialPlatform.X, Fate.RequestLost)]
    [InlineData(SocialPlatform.X, Fate.SlowAnswer)]
    public async Task A_lost_answer_doubles_nothing_and_loses_nothing(SocialPlatform platform, Fate fate)
    {
        var (office, account) = await NewOfficeAsync(platform);
        account.Fates.Enqueue(fate);
        var id = await NewPostAsync(office, platform);
        (await office.Admin.PostAsync($"{Posts}/{id}/publish")).Must(202);
        var status = await UntilAsync(office, id, "published");
        Assert.Equal(Assert.Single(account.Posts).Id, status.Text("network_id"));
    }

    [Fact]
    public async Task A_post_on_a_page_that_is_not_found_after_three_looks_has_failed_and_may_be_sent_by_a_person()
    {
        var (office, account) = await NewOfficeAsync(SocialPlatform.Facebook);
        account.Fates.Enqueue(Fate.RequestLost);
        var id = await NewPostAsync(office, SocialPlatform.Facebook);
        (await office.Admin.PostAsync($"{Posts}/{id}/publish")).Must(202);
        var status = await UntilAsync(office, id, "failed");
        Assert.Equal("not_there", status.Text("trouble.code"));
        Assert.Empty(account.Posts);
        Assert.Equal(1, account.Creates);
        (await office.Admin.PostAsync($"{Posts}/{id}/publish")).Must(202);
        await UntilAsync(office, id, "published");
        Assert.Single(account.Posts);
    }

    [Fact]
    public async Task A_members_post_on_LinkedIn_which_nobody_can_read_is_found_by_its_duplicate()
    {
        var (office, account) = await NewOfficeAsync(SocialPlatform.Linkedin, "urn:li:person:4711");
        account.Fates.Enqueue(Fate.AnswerLost);
        var id = await NewPostAsync(office, SocialPlatform.Linkedin);
        (await office.Admin.PostAsync($"{Posts}/{id}/publish")).Must(202);
        var status = await UntilAsync(office, id, "published");
        Assert.Equal(Assert.Single(account.Posts).Id, status.Text("network_id"));
        Assert.DoesNotContain(account.Requests, r => r.StartsWith("GET /rest/posts", StringComparison.Ordinal));
    }

    [Fact]
    public async Task X_says_that_it_is_there_but_not_where()
    {
        var (office, account) = await NewOfficeAsync(SocialPlatform.X);
        (account.HidesPosts, _) = (true, 0);
        account.Fates.Enqueue(Fate.AnswerLost);
        var id = await NewPostAsync(office, SocialPlatform.X);
        (await office.Admin.PostAsync($"{Posts}/{id}/publish")).Must(202);
        var status = await UntilAsync(office, id, "published");
        Assert.True(status.IsNull("network_id"));
        Assert.Single(account.Posts);
    }

    [Theory]
    [InlineData(SocialPlatform.Instagram, "instagram.190.463")]
    [InlineData(SocialPlatform.Linkedin, "linkedin.401")]
    [InlineData(SocialPlatform.X, "x.401")]
    public async Task An_expired_token_holds_posts_and_account_until_it_is_connected_anew(SocialPlatform platform, string code)
    {
        var (office, account) = await NewOfficeAsync(platform);
        account.Fates.Enqueue(Fate.TokenExpired);
        var (first, second) = (await NewPostAsync(office, platform), await NewPostAsync(office, platform));
        (await office.Admin.PostAsync($"{Posts}/{first}/publish")).Must(202);
        var status = await UntilAsync(office, first, "held");
        Assert.Equal((code, "Connect the account again."), (status.Text("trouble.code"), status.Text("trouble.remedy")));
        (await office.Admin.PostAsync($"{Posts}/{second}/publish")).Must(202);
        Assert.Equal("reconnect", (await UntilAsync(office, second, "held")).Text("trouble.code"));
        Assert.Equal(1, account.Creates);
        Assert.Equal("reconnect_needed", (await office.Admin.GetAsync("/api/v1/social/accounts")).Must(200).Items()[0].Text("status"));
        await ConnectAsync(office, account);
        await UntilAsync(office, first, "published");
        await UntilAsync(office, second, "published");
        Assert.Equal(2, account.Posts.Count);
    }

    [Fact]
    public async Task A_throttled_account_rests_as_long_as_the_network_says_and_then_goes_on()
    {
        var (office, account) = await NewOfficeAsync(SocialPlatform.X);
        account.Fates.Enqueue(Fate.Throttled);
        var (first, second) = (await NewPostAsync(office, SocialPlatform.X), await NewPostAsync(office, SocialPlatform.X));
        (await office.Admin.PostAsync($"{Posts}/{first}/publish")).Must(202);
        await UntilAsync(office, first, s => s.At("trouble") is { ValueKind: JsonValueKind.Object } t && t.Text("code") == "x.429");
        (await office.Admin.PostAsync($"{Posts}/{second}/publish")).Must(202);
        await UntilAsync(office, second, s => s.At("trouble") is { ValueKind: JsonValueKind.Object } t && t.Text("code") == "rate_limited");
        Assert.Equal(1, account.Creates);
        await UntilAsync(office, first, "published");
        await UntilAsync(office, second, "published");
        Assert.Equal(2, account.Posts.Count);
    }

    [Theory]
    [InlineData(SocialPlatform.Facebook)]
    [InlineData(SocialPlatform.X)]
    public async Task An_account_that_has_reached_its_limit_rests_before_it_is_refused(SocialPlatform platform)
    {
        var (office, account) = await NewOfficeAsync(platform);
        account.Fates.Enqueue(Fate.LastOne);
        var (first, second) = (await NewPostAsync(office, platform), await NewPostAsync(office, platform));
        (await office.Admin.PostAsync($"{Posts}/{first}/publish")).Must(202);
        await UntilAsync(office, first, "published");
        (await office.Admin.PostAsync($"{Posts}/{second}/publish")).Must(202);
        await UntilAsync(office, second, s => s.At("trouble") is { ValueKind: JsonValueKind.Object } t && t.Text("code") == "rate_limited");
        Assert.Equal(1, account.Creates);
        if (platform == SocialPlatform.X) await UntilAsync(office, second, "published");
    }

    [Fact]
    public async Task What_the_network_refuses_has_failed_and_is_not_asked_for_again()
    {
        var (office, account) = await NewOfficeAsync(SocialPlatform.Instagram);
        account.Fates.Enqueue(Fate.Refused);
        var id = await NewPostAsync(office, SocialPlatform.Instagram);
        (await office.Admin.PostAsync($"{Posts}/{id}/publish")).Must(202);
        var status = await UntilAsync(office, id, "failed");
        Assert.Equal(("instagram.36003.2207009", "The aspect ratio is not supported."),
            (status.Text("trouble.code"), status.Text("trouble.message")));
        Assert.Equal(1, account.Creates);
    }

    [Fact]
    public async Task Instagram_is_waited_for_and_its_quota_is_asked()
    {
        var (office, account) = await NewOfficeAsync(SocialPlatform.Instagram);
        (account.Unready, account.QuotaUsed) = (0, 50);
        var id = await NewPostAsync(office, SocialPlatform.Instagram);
        (await office.Admin.PostAsync($"{Posts}/{id}/publish")).Must(202);
        await UntilAsync(office, id, s => s.At("trouble") is { ValueKind: JsonValueKind.Object } t && t.Text("code") == "instagram.quota");
        Assert.Equal(0, account.Creates);
    }

    [Fact]
    public async Task Instagram_gets_JPEG_in_a_ratio_that_it_takes_and_several_as_a_carousel()
    {
        var (office, account) = await NewOfficeAsync(SocialPlatform.Instagram, pictures: 3);
        var id = await NewPostAsync(office, SocialPlatform.Instagram);
        (await office.Admin.PostAsync($"{Posts}/{id}/publish")).Must(202);
        await UntilAsync(office, id, "published");
        var parent = Assert.Single(account.Requests, r => r.Contains("media_type=CAROUSEL", StringComparison.Ordinal));
        Assert.Equal(3, account.Requests.Count(
            r => r.Contains("is_carousel_item=true", StringComparison.Ordinal) && !r.Contains("caption=", StringComparison.Ordinal)));
        Assert.Contains("caption=", parent, StringComparison.Ordinal);
        var url = Uri.UnescapeDataString(System.Text.RegularExpressions.Regex.Match(
            account.Requests.First(r => r.Contains("image_url=", StringComparison.Ordinal)), "image_url=([^&\n]+)").Groups[1].Value);
        var picture = await server.Anonymous.GetAsync(new Uri(url).PathAndQuery);
        Assert.Equal("image/jpeg", picture.Header("Content-Type"));
        using var image = SkiaSharp.SKBitmap.Decode(picture.Content);
        Assert.InRange((double)image.Width / image.Height, 0.8, 1.911);
    }

    [Fact]
    public async Task Without_an_account_a_dry_run_keeps_the_very_requests_and_sends_none()
    {
        var office = await server.NewOfficeAsync();
        var property = await office.NewListingAsync();
        foreach (var platform in Enum.GetValues<SocialPlatform>())
        {
            var id = await NewPostAsync(office, platform, property);
            Assert.True((await office.Admin.PostAsync($"{Posts}/{id}/publish")).Must(202).IsTrue("dry_run"));
            var status = await UntilAsync(office, id, "dry_run");
            var publish = Assert.Single(status.At("calls").Items(), c => c.Text("step") == "publish");
            Assert.True(publish.IsNull("status") && status.IsNull("published_at"));
            Assert.Contains("***", publish.At("headers").ToString(), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task What_is_not_true_or_not_allowed_any_more_is_held_with_a_reason()
    {
        var (office, account) = await NewOfficeAsync(SocialPlatform.X);
        var property = await office.NewListingAsync();
        var (dear, sold) = (await NewPostAsync(office, SocialPlatform.X, property, Soon()), await NewPostAsync(office, SocialPlatform.X));
        (await office.Admin.PatchAsync($"/api/v1/properties/{property}", new { price = 2_300_000 })).Must(200);
        (await office.Admin.PostAsync($"{Posts}/{dear}/publish")).Must(202);
        Assert.Equal("price_changed", (await UntilAsync(office, dear, "held")).Text("trouble.code"));
        var about = (await office.Admin.GetAsync($"{Posts}/{sold}")).Must(200).Text("property_id");
        (await office.Admin.PatchAsync($"/api/v1/properties/{about}", new { status = "off_market" })).Must(200);
        var held = (await office.Admin.PostAsync($"{Posts}/{sold}/publish")).Must(200);
        Assert.Equal(("held", "compliance"), (held.Text("status"), held.Text("trouble.code")));
        Assert.Empty(account.Posts);
        (await office.Admin.PatchAsync($"{Posts}/{dear}", new { confirm_price = true })).Must(200);
        (await office.Admin.PostAsync($"{Posts}/{dear}/publish")).Must(202);
        await UntilAsync(office, dear, "published");
    }

    [Fact]
    public async Task A_planned_post_goes_out_by_itself_and_one_that_is_an_hour_late_asks_first()
    {
        var (office, account) = await NewOfficeAsync(SocialPlatform.X);
        var (due, late) = (await NewPostAsync(office, SocialPlatform.X, at: Soon()),
            await NewPostAsync(office, SocialPlatform.X, at: Soon()));
        await server.ExecuteAsync("update social.posts set due_at = now(), scheduled_at = now() where id = $1", Number(due));
        await server.ExecuteAsync(
            "update social.posts set due_at = now() - interval '2 hours', scheduled_at = now() - interval '2 hours' where id = $1",
            Number(late));
        await UntilAsync(office, due, "published");
        Assert.Equal("late", (await UntilAsync(office, late, "held")).Text("trouble.code"));
        Assert.Single(account.Posts);
    }

    [Fact]
    public async Task A_token_that_is_good_once_is_renewed_once_and_the_next_one_is_kept()
    {
        var account = FakeNetworks.NewAccount(SocialPlatform.X);
        account.RefreshToken = $"refresh-{account.Id}";
        var office = await server.NewOfficeAsync();
        (await office.Admin.PostAsync("/api/v1/social/accounts", new
        {
            platform = "x", external_id = account.Id, access_token = "old-token", refresh_token = account.RefreshToken,
            expires_at = TimeProvider.System.GetUtcNow().AddMinutes(1),
        })).Must(201);
        for (var i = 0; i < 2; i++)
        {
            var id = await NewPostAsync(office, SocialPlatform.X);
            (await office.Admin.PostAsync($"{Posts}/{id}/publish")).Must(202);
            var shown = (await UntilAsync(office, id, "published")).ToString();
            Assert.DoesNotContain($"token-{account.Id}", shown, StringComparison.Ordinal);
            Assert.DoesNotContain($"refresh-{account.Id}", shown, StringComparison.Ordinal);
        }
        Assert.EndsWith("+", account.Token, StringComparison.Ordinal);
        Assert.False(account.Token.EndsWith("++", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Instagrams_token_is_renewed_in_time_and_neither_one_is_written_down_open()
    {
        var office = await server.NewOfficeAsync();
        var account = FakeNetworks.NewAccount(SocialPlatform.Instagram);
        (await office.Admin.PostAsync("/api/v1/social/accounts", new
        {
            platform = "instagram", external_id = account.Id, access_token = account.Token,
            expires_at = TimeProvider.System.GetUtcNow().AddMinutes(1),
        })).Must(201);
        var id = await NewPostAsync(office, SocialPlatform.Instagram);
        (await office.Admin.PostAsync($"{Posts}/{id}/publish")).Must(202);
        var status = await UntilAsync(office, id, "published");
        Assert.EndsWith("+", account.Token, StringComparison.Ordinal);
        Assert.Single(status.At("calls").Items(), c => c.Text("step") == "refresh");
        Assert.DoesNotContain($"token-{account.Id}", status.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Tokens_lie_sealed_and_are_shown_nowhere()
    {
        var (office, account) = await NewOfficeAsync(SocialPlatform.Instagram);
        var shown = await office.Admin.GetAsync("/api/v1/social/accounts");
        Assert.DoesNotContain(account.Token, shown.Text, StringComparison.Ordinal);
        Assert.DoesNotContain(account.Token, (await office.Admin.GetAsync("/api/v1/audit-logs?limit=200")).Text, StringComparison.Ordinal);
        Assert.Equal(0, await server.CountAsync("social.accounts where organization_id = $1 and position($2::bytea in access_token) > 0",
            office.OrganizationId, Encoding.UTF8.GetBytes(account.Token)));
        var (agent, _) = await office.NewUserWhoMayAsync("social:read", "social:publish");
        (await agent.PostAsync("/api/v1/social/accounts", new { platform = "x", external_id = "1", access_token = "t" })).MustRefuse(403,
            "AUTH_003");
    }

    [Fact]
    public async Task Brackets_and_hashtags_reach_LinkedIn_in_its_little_text()
    {
        var (office, account) = await NewOfficeAsync(SocialPlatform.Linkedin);
        var id = await NewPostAsync(office, SocialPlatform.Linkedin);
        (await office.Admin.PatchAsync($"{Posts}/{id}", new { content = "A home (with a garden) in [Dubai] #DubaiMarina" })).Must(200);
        (await office.Admin.PostAsync($"{Posts}/{id}/publish")).Must(202);
        await UntilAsync(office, id, "published");
        Assert.Equal(@"A home \(with a garden\) in \[Dubai\] {hashtag|\#|DubaiMarina}", Assert.Single(account.Posts).Text);
    }

    private static DateTimeOffset Soon() => TimeProvider.System.GetUtcNow().AddDays(3);

    private static long Number(string reference) =>
        long.Parse(reference[(reference.LastIndexOf('_') + 1)..], System.Globalization.CultureInfo.InvariantCulture);

    private static string Unescaped(string text) =>
        System.Text.RegularExpressions.Regex.Replace(System.Text.RegularExpressions.Regex.Replace(text, @"\{hashtag\|\\#\|(.*?)\}", "#$1"),
            @"\\(.)", "$1");

    private async Task<(Office Office, FakeAccount Account)> NewOfficeAsync(SocialPlatform platform, string? id = null, int pictures = 1)
    {
        var office = await server.NewOfficeAsync();
        var account = FakeNetworks.NewAccount(platform, id);
        await ConnectAsync(office, account);
        Pictures[office] = pictures;
        return (office, account);
    }

    private Dictionary<Office, int> Pictures { get; } = [];

    private static async Task ConnectAsync(Office office, FakeAccount account) =>
        (await office.Admin.PostAsync("/api/v1/social/accounts", new
        {
            platform = account.Platform.ToString().ToLowerInvariant(), name = "Ours", external_id = account.Id,
            access_token = account.Token,
        })).Must(201);

    private async Task<string> NewPostAsync(Office office, SocialPlatform platform, long? property = null, DateTimeOffset? at = null)
    {
        if (property is null)
        {
            property = await office.NewListingAsync();
            for (var i = 0; i < Pictures.GetValueOrDefault(office, 1); i++)
                (await office.Admin.PostAsync($"/api/v1/properties/{property}/images",
                    new { url = $"{FakeNetworks.Url}/{i}/photo.png", title = $"Room {i}" })).Must(201);
        }
        return (await office.Admin.PostAsync(Posts,
            new { property_id = property, platform = platform.ToString().ToLowerInvariant(), schedule_time = at })).Must(201)
            .At("posts").Items()[0].Text("post_id")!;
    }

    private static Task<JsonElement> UntilAsync(Office office, string id, string status) =>
        UntilAsync(office, id, s => s.Text("status") == status);

    private static Task<JsonElement> UntilAsync(Office office, string id, Func<JsonElement, bool> holds) =>
        Eventually.UntilAsync(async () => (await office.Admin.GetAsync($"{Posts}/{id}/status")).Must(200), holds);
}
