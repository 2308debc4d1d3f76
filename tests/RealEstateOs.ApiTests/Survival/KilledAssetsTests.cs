using RealEstateOs.ApiTests.Fixture;

namespace RealEstateOs.ApiTests.Survival;

public sealed class KilledAssetsTests(Server server)
{
    private const int Orders = 5, Assets = 20;
    private const string Made = "select id || ' ' || file_key || ' ' || made_at from marketing.assets where state = 'ready' order by id";

    [Fact]
    public async Task A_hundred_queued_assets_survive_a_killed_host_and_none_is_made_twice()
    {
        var ct = TestContext.Current.CancellationToken;
        await using var own = await OwnInstallation.OpenAsync(server, ("Jobs:Lease", "00:00:02"),
            ("RateLimits:Plans:standard:AssetsPerHour", "1000"));
        await using var first = await own.StartAsync();
        var (_, admin) = await OwnInstallation.RegisterAsync(first);
        var property = (await admin.PostAsync("/api/v1/properties", Samples.Property(("price", 2_450_000), ("property_type", "apartment"),
            ("bedrooms", 2), ("square_feet", 1180), ("community", "Dubai Marina")))).Must(201).Id();
        var campaigns = new List<string>();
        for (var i = 0; i < Orders; i++)
        {
            var id = (await admin.PostAsync("/api/v1/marketing/campaigns",
                new { name = $"Many {i}", property_id = property, channels = new[] { "social", "flyer" } })).Must(201).Text("id")!;
            campaigns.Add(id);
            Assert.Equal(Assets, (await admin.PostAsync($"/api/v1/marketing/campaigns/{id}/assets/generate", new
            {
                asset_types = new[] { "social_graphics", "pdf_flyer" }, languages = new[] { "en", "ar" },
                format_options = new { social_graphics = new { platforms = new[] { "instagram", "facebook", "linkedin" } } },
            })).Must(202).Long("assets_to_generate"));
        }
        await Eventually.UntilAsync(() => own.CountAsync("marketing.assets where state = 'ready'"), n => n >= 10);
        first.Kill();
        await first.EndedAsync(ct);
        var made = await own.TextsAsync(Made);
        Assert.InRange(made.Count, 10, Orders * Assets - 1);

        await using var second = await own.StartAsync();
        var again = new Actor(second.Client, admin.Token);
        await Eventually.UntilAsync(() => own.CountAsync("marketing.assets where state = 'ready'"), n => n == Orders * Assets,
            TimeSpan.FromMinutes(4));
        // What was made before is what it was: no picture was made a second time.
        var all = await own.TextsAsync(Made);
        Assert.Equal(Orders * Assets, all.Count);
        Assert.Empty(made.Except(all));
        foreach (var id in campaigns)
            Assert.Equal("ready", (await again.GetAsync($"/api/v1/marketing/campaigns/{id}/status")).Must(200).Text("status"));
    }
}
