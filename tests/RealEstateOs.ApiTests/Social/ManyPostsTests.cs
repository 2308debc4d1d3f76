using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using RealEstateOs.ApiTests.Fixture;
using RealEstateOs.Contracts.Auth;
using RealEstateOs.Contracts.Social;
using RealEstateOs.Platform.Tenancy;
using RealEstateOs.Social.Publishing;

namespace RealEstateOs.ApiTests.Social;

public sealed class ManyPostsTests(Server server)
{
    private const string InsertSql =
        """
        insert into social.posts (organization_id, platform, post_type, style, language, content, hashtags, pictures, status, scheduled_at,
            time_zone, link_token, seed, turn, due_at, claim, phase,
            looks, failures, created_at, updated_at)
        select organization_id, platform, post_type, style, language, 'Post ' || n, '{}', '[]', 'scheduled', now(), time_zone,
            md5(random()::text || n), seed, turn, now(), 0, 'new', 0, 0, now(), now()
        from social.posts, generate_series(1, $2) n where id = $1
        """;

    [Fact]
    public async Task A_post_costs_at_most_five_statements()
    {
        var office = await server.NewOfficeAsync();
        await ConnectAsync(office.Admin);
        var sample = await NewPostAsync(office.Admin);
        await InsertAsync(server.Addresses.SystemConnectionString, sample, 120);
        using var counter = new StatementCounter();
        var taken = 0;
        var statements = await counter.CountAsync(async () =>
        {
            for (int batch; (batch = await BatchAsync(office.OrganizationId)) > 0;) taken += batch;
        });
        Assert.True(taken > 0 && statements > 0, $"{statements} statements for {taken} posts");
        Assert.True(statements <= 5 * taken + 40, $"{statements} statements for {taken} posts");
    }

    [Fact]
    public async Task Of_two_hosts_one_is_killed_and_every_post_is_there_once()
    {
        const int posts = 80;
        var ct = TestContext.Current.CancellationToken;
        await using var own = await OwnInstallation.OpenAsync(server, ("Jobs:Lease", "00:00:02"), ("Cma:SampleMarket", "false"));
        await using var first = await own.StartAsync();
        await using var second = await own.StartAsync();
        var (_, admin) = await OwnInstallation.RegisterAsync(first);
        var account = await ConnectAsync(admin);
        await InsertAsync(own.Addresses.SystemConnectionString, await NewPostAsync(admin), posts);
        await Eventually.UntilAsync(() => account.Posts.Count >= posts / 4);
        first.Kill();
        await first.EndedAsync(ct);
        await Eventually.UntilAsync(() => own.CountAsync("social.posts where status = 'published'"), published => published == posts);
        Assert.Equal(posts, account.Posts.Count);
        Assert.Equal(posts, account.Posts.Select(p => p.Text).Distinct().Count());
    }

    private async Task<int> BatchAsync(long organization)
    {
        await using var scope = server.Services.GetRequiredService<IServiceScopeFactory>().CreateTenantScope(
            new OrganizationId(organization));
        return await ActivatorUtilities.CreateInstance<PublishDue>(scope.ServiceProvider).PublishBatchAsync(
            TestContext.Current.CancellationToken);
    }

    private static async Task<FakeAccount> ConnectAsync(Actor admin)
    {
        var account = FakeNetworks.NewAccount(SocialPlatform.X);
        (await admin.PostAsync("/api/v1/social/accounts",
            new { platform = "x", external_id = account.Id, access_token = account.Token })).Must(201);
        return account;
    }

    private static async Task<long> NewPostAsync(Actor admin)
    {
        var id = (await admin.PostAsync("/api/v1/social/posts", new { platform = "x", custom_message = "We are open on Saturday." })).Must(
            201).At("posts").Items()[0].Text("post_id")!;
        return long.Parse(id["post_".Length..], CultureInfo.InvariantCulture);
    }

    private static async Task InsertAsync(string connectionString, long sample, int posts)
    {
        await using var connection = new NpgsqlConnection(connectionString);
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        await using var command = new NpgsqlCommand(InsertSql,
            connection) { Parameters = { new() { Value = sample }, new() { Value = posts } } };
        Assert.Equal(posts, await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken));
    }
}
