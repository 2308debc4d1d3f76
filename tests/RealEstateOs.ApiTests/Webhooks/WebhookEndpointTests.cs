using System.Text;
using Microsoft.AspNetCore.Http;
using Npgsql;
using RealEstateOs.ApiTests.Fixture;

namespace RealEstateOs.ApiTests.Webhooks;

public sealed class WebhookEndpointTests(Server server)
{
    [Fact]
    public async Task A_secret_is_shown_once_and_lies_open_nowhere()
    {
        var office = await server.NewOfficeAsync();
        var key = ("Idempotency-Key", Guid.NewGuid().ToString());
        var body = new { url = "https://hooks.example.com/in?token=1", description = "Our CRM" };
        var made = await office.Admin.PostAsync(HookVerbs.Endpoints, body, key);
        var (id, secret) = (made.Must(201).Id(), made.Json.Text("secret")!);
        Assert.Matches("^whsec_[A-Za-z0-9+/]{43}=$", secret);
        Assert.Equal("*", made.Json.At("event_types").Items()[0].GetString());
        var again = await office.Admin.PostAsync(HookVerbs.Endpoints, body, key);
        Assert.Equal(secret, again.Must(201).Text("secret"));
        Assert.Equal("true", again.Header("Idempotency-Replayed"));
        foreach (var path in new[] { HookVerbs.Endpoints, $"{HookVerbs.Endpoints}/{id}",
            $"/api/v1/audit-logs?resource_type=webhook_endpoint&resource_id={id}" })
        {
            var answer = await office.Admin.GetAsync(path);
            answer.Must(200);
            Assert.Contains("hooks.example.com", answer.Text, StringComparison.Ordinal);
            Assert.DoesNotContain("whsec_", answer.Text, StringComparison.Ordinal);
        }
        Assert.Empty(await ColumnsHoldingAsync(secret));
    }

    [Fact]
    public async Task After_a_rotation_both_secrets_sign_for_the_overlap_and_only_the_new_one_after_a_rotation_without()
    {
        var office = await server.NewOfficeAsync();
        await using var receiver = await Receiver.StartAsync();
        var (hook, first) = await office.NewHookAsync(receiver, "deal.*");
        var second = (await office.Admin.PostAsync($"{HookVerbs.Endpoints}/{hook}/rotate-secret")).Must(200).Text("secret")!;
        (await office.Admin.PostAsync($"{HookVerbs.Endpoints}/{hook}/ping")).Must(200);
        Assert.True(receiver.Messages[0].IsSignedWith(first) && receiver.Messages[0].IsSignedWith(second) && first != second);
        // Some look at one only.
        Assert.True((receiver.Messages[0] with { Signature = receiver.Messages[0].Signature.Split(' ')[0] }).IsSignedWith(first));
        var third = (await office.Admin.PostAsync($"{HookVerbs.Endpoints}/{hook}/rotate-secret", new { overlap_hours = 0 })).Must(200)
            .Text("secret")!;
        (await office.Admin.PostAsync($"{HookVerbs.Endpoints}/{hook}/ping")).Must(200);
        Assert.True(receiver.Messages[1].IsSignedWith(third));
        Assert.False(receiver.Messages[1].IsSignedWith(second));
        (await office.Admin.PostAsync($"{HookVerbs.Endpoints}/{hook}/rotate-secret", new { overlap_hours = 169 })).MustNameFields();
    }

    [Fact]
    public async Task A_ping_answers_at_once_what_the_receiver_said_and_stands_in_the_log()
    {
        var office = await server.NewOfficeAsync();
        await using var receiver = await Receiver.StartAsync();
        var (hook, secret) = await office.NewHookAsync(receiver, "deal.*");
        receiver.Answers = async (_, http) =>
        {
            http.Response.StatusCode = 418;
            await http.Response.WriteAsync("teapot \0" + new string('x', 5000));
            return 418;
        };
        var answer = (await office.Admin.PostAsync($"{HookVerbs.Endpoints}/{hook}/ping")).Must(200);
        Assert.False(answer.IsTrue("delivered"));
        Assert.Equal(418, answer.Long("response_status"));
        Assert.StartsWith("teapot x", answer.Text("response_body"), StringComparison.Ordinal);
        Assert.InRange(answer.Text("response_body")!.Length, 1000, 2048);
        Assert.Equal("webhook.ping", receiver.Messages[0].Type);
        Assert.True(receiver.Messages[0].IsSignedWith(secret));
        var logged = (await office.DeliveriesAsync($"endpoint_id=hook_{hook}"))[0];
        Assert.Equal(("webhook.ping", "failed", 1L), (logged.Text("event_type"), logged.Text("status"), logged.Long("attempts")));
        Assert.Contains("418", (await office.Admin.GetAsync(HookVerbs.Deliveries, ("Accept", "text/csv"))).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_redirect_is_a_failure_and_is_not_followed()
    {
        var office = await server.NewOfficeAsync();
        await using var receiver = await Receiver.StartAsync();
        await using var inside = await Receiver.StartAsync();
        var (hook, _) = await office.NewHookAsync(receiver, "deal.*");
        foreach (var location in new[] { "http://169.254.169.254/latest/meta-data/", inside.Url })
        {
            receiver.Answers = (_, http) =>
            {
                http.Response.Headers.Location = location;
                return Task.FromResult(307);
            };
            var answer = (await office.Admin.PostAsync($"{HookVerbs.Endpoints}/{hook}/ping")).Must(200);
            Assert.Equal((false, 307L), (answer.IsTrue("delivered"), answer.Long("response_status")));
        }
        Assert.Equal(0, inside.Calls);
    }

    [Theory]
    [InlineData("http://10.0.0.1/")]
    [InlineData("http://169.254.169.254/latest/meta-data")]
    [InlineData("http://[::ffff:169.254.169.254]/")]
    [InlineData("http://[64:ff9b::a9fe:a9fe]/")]
    [InlineData("http://[fd00:ec2::254]/")]
    [InlineData("http://100.100.100.200/")]
    [InlineData("http://2852039166/")]
    [InlineData("http://0xa9.0xfe.0xa9.0xfe/")]
    [InlineData("http://224.0.0.1/")]
    [InlineData("https://example.com:25/")]
    [InlineData("https://user:pass@example.com/")]
    [InlineData("https://example.com/#x")]
    [InlineData("ftp://example.com/")]
    [InlineData("file:///etc/passwd")]
    [InlineData("nonsense")]
    [InlineData("")]
    public async Task An_address_that_leads_inside_or_nowhere_is_refused(string url)
    {
        var office = await server.NewOfficeAsync();
        Assert.Equal(["url"], (await office.Admin.PostAsync(HookVerbs.Endpoints, new { url })).MustNameFields());
    }

    [Fact]
    public async Task Bad_bodies_name_all_their_faults()
    {
        var office = await server.NewOfficeAsync();
        Assert.Equal(["url"], (await office.Admin.PostAsync(HookVerbs.Endpoints, new { })).MustNameFields());
        var fields = (await office.Admin.PostAsync(HookVerbs.Endpoints,
            new { url = 7, event_types = new[] { "property.*", "nonsense.*", "deal.exploded" }, description = new string('x', 501),
                is_active = "maybe" })).MustNameFields();
        Assert.Equal(["description", "event_types[1]", "event_types[2]", "is_active", "url"], fields.Order());
        var hook = (await office.Admin.PostAsync(HookVerbs.Endpoints, new { url = "https://example.com/" })).Must(201).Id();
        Assert.Equal(["url"], (await office.Admin.PatchAsync($"{HookVerbs.Endpoints}/{hook}",
            new { url = (string?)null })).MustNameFields());
        Assert.Equal(["since"], (await office.Admin.PostAsync($"{HookVerbs.Endpoints}/{hook}/redeliver", new { })).MustNameFields());
        Assert.Equal(["status"], (await office.Admin.GetAsync($"{HookVerbs.Deliveries}?status=lost")).MustNameFields());
    }

    [Fact]
    public async Task An_endpoint_is_changed_under_its_version_and_deleted_with_its_log()
    {
        var office = await server.NewOfficeAsync();
        await using var receiver = await Receiver.StartAsync();
        var (hook, _) = await office.NewHookAsync(receiver, "property.created");
        var tag = (await office.Admin.GetAsync($"{HookVerbs.Endpoints}/{hook}")).Header("ETag")!;
        var changed = (await office.Admin.PatchAsync($"{HookVerbs.Endpoints}/{hook}",
            new { description = "new", event_types = new[] { "deal.closed" } }, ("If-Match", tag))).Must(200);
        Assert.Equal("deal.closed", changed.At("event_types").Items().Single().GetString());
        (await office.Admin.PatchAsync($"{HookVerbs.Endpoints}/{hook}", new { description = "newer" }, ("If-Match", tag))).MustRefuse(
            412, "RES_004");
        (await office.Admin.PatchAsync($"{HookVerbs.Endpoints}/{hook}", new { is_active = false })).Must(200);
        Assert.True((await office.HookAsync(hook)).IsNull("disabled_at"));
        (await office.Admin.PostAsync($"{HookVerbs.Endpoints}/{hook}/ping")).Must(200);
        (await office.Admin.DeleteAsync($"{HookVerbs.Endpoints}/{hook}")).Must(204);
        (await office.Admin.GetAsync($"{HookVerbs.Endpoints}/{hook}")).Must(404);
        Assert.Empty(await office.DeliveriesAsync($"endpoint_id={hook}"));
    }

    [Fact]
    public async Task Only_those_with_the_permission_and_of_the_organization_see_anything()
    {
        var (office, stranger) = (await server.NewOfficeAsync(), await server.NewOfficeAsync());
        await using var receiver = await Receiver.StartAsync();
        var (hook, _) = await office.NewHookAsync(receiver, "*");
        await stranger.NewPropertyAsync();
        await office.NewPropertyAsync();
        await receiver.UntilAsync(r => r.Accepted.Length >= 1);
        var created = Assert.Single(receiver.Messages, m => m.Type == "property.created");
        Assert.Equal(office.AdminId, created.Data.Long("created_by"));
        Assert.Empty((await stranger.Admin.GetAsync(HookVerbs.Endpoints)).Must(200).Items());
        Assert.Empty((await stranger.Admin.GetAsync(HookVerbs.Deliveries)).Must(200).Items());
        (await stranger.Admin.PostAsync($"{HookVerbs.Endpoints}/{hook}/ping")).MustRefuse(404, "RES_001");
        var manager = (await office.NewUserAsync("manager")).Actor;
        (await manager.GetAsync(HookVerbs.Deliveries)).MustRefuse(403, "AUTH_003");
        (await manager.PostAsync(HookVerbs.Endpoints, new { url = "https://example.com/" })).MustRefuse(403, "AUTH_003");
        Assert.Contains((await office.Admin.GetAsync("/api/v1/webhooks/event-types")).Must(200).Items(),
            t => t.Text("type") == "deal.closed" && t.Text("ordered_by") == "deal");
    }

    /// <summary>Tables of the whole database in which a row holds the secret, as text or as bytes.</summary>
    private async Task<List<string>> ColumnsHoldingAsync(string secret)
    {
        await using var connection = new NpgsqlConnection(server.Addresses.SystemConnectionString);
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        var found = new List<string>();
        foreach (var (table, column, bytes) in new[]
                 {
                     ("integrations.webhook_endpoints", "secret", true), ("platform.idempotency_keys", "body", true),
                     ("platform.audit_logs", "changes", false), ("platform.outbox", "payload", false),
                 })
        {
            var key = Convert.FromBase64String(secret["whsec_".Length..]);
            await using var command = new NpgsqlCommand(
                bytes ? $"select count(*) from {table} where position($1::bytea in {column}) > 0 or position($2::bytea in {column}) > 0"
                    : $"select count(*) from {table} where {column}::text like '%' || convert_from($1, 'utf8') || '%' "
                        + "and $2::bytea is not null", connection)
            {
                Parameters = { new() { Value = Encoding.UTF8.GetBytes(secret) }, new() { Value = key } },
            };
            if ((long)(await command.ExecuteScalarAsync(TestContext.Current.CancellationToken))! > 0) found.Add(table);
        }
        return found;
    }
}
