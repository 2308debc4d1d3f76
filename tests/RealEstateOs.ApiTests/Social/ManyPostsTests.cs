using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using RealEstateOs.ApiTests.Fixture;
using RealEstateOs.Contracts.Auth;
using RealEstateOs.Contracts.Social;
using RealEstateOs.Platform.Tenancy;
using RealEstateOs.Social.Publishing;

namespace RealEstateOs.ApiTests.Social;

public sealed class ManyPostsTests(Server server, ITestOutputHelper output)
{
    /// <summary>REOS_SOCIAL_POSTS=1000 for the long run, which keeps the product's own times.</summary>
    private static readonly int Many =
        int.TryParse(Environment.GetEnvironmentVariable("REOS_SOCIAL_POSTS"), CultureInfo.InvariantCulture, out var given) ? given : 80;

    private const string InsertSql =
        """
        insert into social.posts (organization_id, platform, post_type, style, language, content, hashtags, pictures, status, scheduled_at,
            time_zone, link_token, seed, turn, due_at, claim, phase,
            looks, failures, created_at, updated_at)
        select organization_id, platform, post_type, style, language, 'Post ' || n, '{}', '[]', 'scheduled', $3, time_zone,
            md5(random()::text || n), seed, turn, $3, 0, 'new', 0, 0, now(), now()
        from social.posts, generate_series(1, $2) n where id = $1
        """;

    [Fact]
    public async Task A_post_costs_at_most_five_statements()
    {
        var office = await server.NewOfficeAsync();
        await ConnectAsync(office.Admin);
        var sample = await NewPostAsync(office.Admin);
        await InsertAsync(server.Addresses.SystemConnectionString, sample, 120, TimeProvider.System.GetUtcNow());
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
        var ct = TestContext.Current.CancellationToken;
        await using var own = await OwnInstallation.OpenAsync(server, [("Cma:SampleMarket", "false"), .. Times]);
        await using var first = await own.StartAsync();
        await using var second = await own.StartAsync();
        var (_, admin) = await OwnInstallation.RegisterAsync(first);
        var account = await ConnectAsync(admin);
        var sample = await NewPostAsync(admin);
        var minute = new DateTimeOffset(TimeProvider.System.GetUtcNow().Ticks / TimeSpan.TicksPerMinute * TimeSpan.TicksPerMinute,
            TimeSpan.Zero).AddMinutes(Many > 100 ? 1 : 0);
        await InsertAsync(own.Addresses.SystemConnectionString, sample, Many, minute);
        await Eventually.UntilAsync(() => account.Posts.Count >= Many / 4);
        first.Kill();
        await first.EndedAsync(ct);
        await Eventually.UntilAsync(() => own.CountAsync("social.posts where status = 'published'"), published => published == Many);
        Assert.Equal(Many, account.Posts.Count);
        Assert.Equal(Many, account.Posts.Select(p => p.Text).Distinct().Count());
        var (earliest, latest) = (Seconds(account.Posts.Min(p => p.At)), Seconds(account.Posts.Max(p => p.At)));
        output.WriteLine(
            $"{Many} posts for one minute, one of two hosts killed: out from {earliest:0.0} s to {latest:0.0} s after its beginning.");

        double Seconds(DateTimeOffset at) => (at - minute).TotalSeconds;
    }

    private static (string, string)[] Times => Many <= 100 ? [("Jobs:Lease", "00:00:02")]
        : [("Social:CallTimeout", "00:00:20"), ("Social:Lease", "00:00:24"), ("Social:Schedule", "1/20 * * * * ?")];

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

    private static async Task InsertAsync(string connectionString, long sample, int posts, DateTimeOffset at)
    {
        await using var connection = new NpgsqlConnection(connectionString);
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        await using var command = new NpgsqlCommand(InsertSql,
            connection) { Parameters = { new() { Value = sample }, new() { Value = posts }, new() { Value = at } } };
        Assert.Equal(posts, await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken));
    }
}
