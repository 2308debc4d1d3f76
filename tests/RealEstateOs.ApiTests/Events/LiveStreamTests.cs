using System.Net;
using System.Text.Json;
using Npgsql;
using RealEstateOs.ApiTests.Fixture;
using RealEstateOs.DevServices;

namespace RealEstateOs.ApiTests.Events;

public sealed class LiveStreamTests(EventServices services) : IAsyncLifetime
{
    private const string Updated = "property.updated";
    private DevServiceAddresses addresses = null!;
    private NpgsqlDataSource db = null!;

    public async ValueTask InitializeAsync()
    {
        addresses = await services.NewDatabaseAsync();
        db = NpgsqlDataSource.Create(addresses.SystemConnectionString);
    }

    public ValueTask DisposeAsync() => db.DisposeAsync();

    [Fact]
    public async Task An_event_arrives_by_name_in_its_own_organization_only()
    {
        await using var host = await StartAsync();
        await using var own = await StreamClient.OpenAsync(host, host.Sessions.Add(1, 1));
        await using var stranger = await StreamClient.OpenAsync(host, host.Sessions.Add(2, 2));
        await db.WriteAsync(1, Updated, """{"property_id": 5, "current_stage": "outreach"}""");
        var frame = Assert.Single(await own.ReadAsync(1));
        Assert.Equal("property_updated", frame.Name);
        Assert.Equal("property_updated 5 outreach",
            $"{frame.Data.GetProperty("type")} {frame.Data.GetProperty("property_id")} {frame.Data.GetProperty("current_stage")}");
        Assert.Equal(1, frame.Id);
        Assert.Equal("text/event-stream", own.Response.Content.Headers.ContentType?.MediaType);
        Assert.Empty(await stranger.ReadForAsync(1));
    }

    [Fact]
    public async Task The_envelope_is_unnamed_and_keeps_the_dotted_type()
    {
        await using var host = await StartAsync();
        await using var stream = await StreamClient.OpenAsync(host, host.Sessions.Add(1, 1), "?format=envelope");
        await db.WriteAsync(1, Updated, """{"property_id": 5}""");
        var frame = Assert.Single(await stream.ReadAsync(1));
        Assert.Null(frame.Name);
        Assert.Equal("""{"type":"property.updated","data":{"property_id":5}}""", frame.Data.GetRawText());
    }

    [Fact]
    public async Task A_reader_without_the_permission_or_the_address_gets_nothing()
    {
        await using var host = await StartAsync();
        await using var stream = await StreamClient.OpenAsync(host, host.Sessions.Add(1, 1, "properties:read"));
        await db.WriteAsync(1, "lead.created", """{"lead_id": 1}""");
        await db.WriteAsync(1, "notification", """{"user_id": 2, "title": "not yours"}""");
        await db.WriteAsync(1, "notification", """{"user_id": 1, "title": "yours"}""");
        Assert.Equal("yours", Assert.Single(await stream.ReadAsync(1)).Data.GetProperty("title").GetString());
    }

    [Fact]
    public async Task A_reader_who_comes_and_goes_between_two_hosts_misses_nothing_and_sees_nothing_twice()
    {
        await using var first = await StartAsync();
        await using var second = await StartAsync(redis: null);
        var hosts = new[] { first, second };
        var who = first.Sessions.Add(1, 1);
        second.Sessions.Add(1, 1);
        var writers = Enumerable.Range(0, 8).Select(w => Task.Run(async () =>
        {
            for (var i = 0; i < 50; i++)
            {
                await db.WriteAsync(1, Updated, $$"""{"property_id": {{w * 50 + i}}}""");
                await db.WriteAsync(2, Updated, """{"property_id": 999999}""");
            }
        })).ToArray();
        var (seen, last, luck) = (new List<Frame>(), 0L, new Random(4711));
        while (seen.Count < 400)
        {
            await using var stream = await StreamClient.OpenAsync(hosts[luck.Next(2)], who, lastEventId: last);
            seen.AddRange(await stream.ReadAsync(Math.Min(luck.Next(1, 60), 400 - seen.Count)));
            last = seen[^1].Id;
        }
        await Task.WhenAll(writers);
        Assert.Equal(await db.ColumnAsync<long>("select position from platform.outbox where organization_id = 1 order by position"),
            seen.ConvertAll(f => f.Id));
        Assert.Equal(
            await db.ColumnAsync<long>(
                "select (payload->>'property_id')::bigint from platform.outbox where organization_id = 1 order by position"),
            seen.ConvertAll(f => f.Data.GetProperty("property_id").GetInt64()));
    }

    [Fact]
    public async Task A_reader_who_comes_to_a_host_that_is_behind_sees_nothing_twice()
    {
        await using var first = await StartAsync();
        await using var behind = await StartAsync(redis: null, settings: new() { ["Events:PollMilliseconds"] = "60000" });
        var (who, other) = (first.Sessions.Add(1, 1), behind.Sessions.Add(1, 1));
        await using var stayed = await StreamClient.OpenAsync(behind, other);
        await using var stream = await StreamClient.OpenAsync(first, who);
        for (var i = 1; i <= 5; i++) await db.WriteAsync(1, Updated, $$"""{"property_id": {{i}}}""");
        var last = (await stream.ReadAsync(5))[^1].Id;
        await using var moved = await StreamClient.OpenAsync(behind, other, lastEventId: last);
        Assert.Equal(last, (await stayed.ReadAsync(5))[^1].Id); // now the host has read them, too
        await db.WriteAsync(1, Updated, """{"property_id": 6}""");
        var next = Assert.Single(await stream.ReadAsync(1)).Id;
        await using var waker = await StreamClient.OpenAsync(behind, other); // whoever joins makes it read
        Assert.Equal([next], (await moved.ReadAsync(1)).Select(f => f.Id));
    }

    [Fact]
    public async Task A_reader_who_falls_behind_a_small_buffer_still_gets_everything_once()
    {
        await using var host = await StartAsync(settings: new() { ["Events:StreamBuffer"] = "3" });
        await using var stream = await StreamClient.OpenAsync(host, host.Sessions.Add(1, 1));
        await db.ScalarAsync<long>(
            """
            with written as (insert into platform.outbox (organization_id, event_type, payload, occurred_at)
                select 1, 'property.updated', '{}', now() from generate_series(1, 3000) returning id) select count(*) from written
            """);
        Assert.Equal(Enumerable.Range(1, 3000).Select(n => (long)n), (await stream.ReadAsync(3000)).ConvertAll(f => f.Id));
        Assert.Empty(await stream.ReadForAsync(0.7));
    }

    [Fact]
    public async Task A_stream_goes_on_after_the_database_has_cut_all_sessions()
    {
        await using var host = await StartAsync(redis: null);
        await using var stream = await StreamClient.OpenAsync(host, host.Sessions.Add(1, 1));
        for (var n = 1; n <= 20; n++)
        {
            if (n % 5 == 0)
                await db.ScalarAsync<long>("select count(pg_terminate_backend(pid)) from pg_stat_activity "
                    + "where datname = current_database() and application_name like 'realestateos%'");
            await db.WriteAsync(1, Updated, $$"""{"property_id": {{n}}}""");
        }
        Assert.Equal(
            Enumerable.Range(1, 20).Select(n => (long)n),
            (await stream.ReadAsync(20)).ConvertAll(f => f.Data.GetProperty("property_id").GetInt64()));
    }

    [Fact]
    public async Task A_stream_token_opens_streams_and_nothing_else_and_ends_with_its_session()
    {
        await using var host = await StartAsync(settings: new() { ["PublicUrl"] = "https://crm.example.com" });
        var who = host.Sessions.Add(1, 1);
        using var client = StreamClient.Client(host, who);
        client.DefaultRequestHeaders.Host = "evil.example.net";
        using var issued = await client.PostAsync(new Uri("/api/v1/sse/token", UriKind.Relative), null);
        var answer = JsonElement.Parse(await issued.Content.ReadAsStringAsync());
        var url = new Uri(answer.GetProperty("stream_url").GetString()!);
        Assert.Equal("crm.example.com", url.Authority);
        Assert.NotEqual(answer.GetProperty("sse_token").GetString(),
            JsonElement.Parse(await client.GetStringAsync(new Uri("/api/v1/sse/token", UriKind.Relative))).GetProperty("sse_token")
                .GetString());
        Assert.Equal(3600, answer.GetProperty("expires_in").GetInt32());
        await using (var stream = await StreamClient.OpenAsync(host, null, url.Query))
            Assert.Equal(HttpStatusCode.OK, stream.Response.StatusCode);
        using var other = StreamClient.Client(host, null);
        other.DefaultRequestHeaders.Authorization = new("Bearer", answer.GetProperty("sse_token").GetString());
        Assert.Equal(HttpStatusCode.Unauthorized, (await other.GetAsync(new Uri("/api/v1/sse/status", UriKind.Relative))).StatusCode);
        host.Sessions.End(who);
        await using var refused = await StreamClient.OpenAsync(host, null, url.Query);
        Assert.Equal(HttpStatusCode.Unauthorized, refused.Response.StatusCode);
    }

    [Theory]
    [InlineData("")]
    [InlineData("?token=wrong")]
    public async Task Nobody_reads_without_a_valid_token(string query)
    {
        await using var host = await StartAsync();
        await using var stream = await StreamClient.OpenAsync(host, null, query);
        Assert.Equal(HttpStatusCode.Unauthorized, stream.Response.StatusCode);
    }

    [Fact]
    public async Task An_open_stream_beats_and_ends_soon_after_its_session()
    {
        await using var host = await StartAsync(
            settings: new() { ["Events:HeartbeatSeconds"] = "1", ["Events:SessionCheckSeconds"] = "1" });
        var who = host.Sessions.Add(1, 1);
        await using var stream = await StreamClient.OpenAsync(host, who);
        using var limit = Eventually.Limit();
        var ending = Task.Delay(TimeSpan.FromSeconds(2.5)).ContinueWith(_ => host.Sessions.End(who), TaskScheduler.Default);
        Assert.Null(await stream.NextAsync(limit.Token));
        Assert.True(ending.IsCompleted);
        Assert.Contains("heartbeat", stream.Comments);
        Assert.Equal("the session has ended", stream.Comments[^1]);
    }

    [Fact]
    public async Task Too_many_streams_of_one_user_are_refused_and_a_closed_one_makes_room()
    {
        await using var host = await StartAsync(settings: new() { ["Events:StreamsPerUser"] = "2" });
        var who = host.Sessions.Add(1, 1);
        await using var one = await StreamClient.OpenAsync(host, who);
        await using (await StreamClient.OpenAsync(host, who))
        {
            await using var third = await StreamClient.OpenAsync(host, who);
            Assert.Equal(HttpStatusCode.TooManyRequests, third.Response.StatusCode);
            using var client = StreamClient.Client(host, who);
            var status = JsonElement.Parse(await client.GetStringAsync(new Uri("/api/v1/sse/status", UriKind.Relative)));
            Assert.Equal("2 1", $"{status.GetProperty("connections")} {status.GetProperty("users")}");
        }
        await Eventually.UntilAsync(async () =>
        {
            await using var again = await StreamClient.OpenAsync(host, who);
            return again.Response.IsSuccessStatusCode;
        });
    }

    [Theory]
    [InlineData("?last_event_id=abc")]
    [InlineData("?format=xml")]
    public async Task What_cannot_be_read_is_named(string query)
    {
        await using var host = await StartAsync();
        await using var stream = await StreamClient.OpenAsync(host, host.Sessions.Add(1, 1), query);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, stream.Response.StatusCode);
    }

    private Task<EventHost> StartAsync(Dictionary<string, string?>? settings = null) => StartAsync(services.RedisConnection, settings);

    private Task<EventHost> StartAsync(string? redis, Dictionary<string, string?>? settings = null) =>
        EventHost.StartAsync(addresses, redis, settings: settings);
}
