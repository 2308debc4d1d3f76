using System.Collections.Concurrent;
using Npgsql;
using RealEstateOs.ApiTests.Fixture;

namespace RealEstateOs.ApiTests.Webhooks;

public sealed class WebhookHostsTests(Server server)
{
    [Fact]
    public async Task Two_hosts_send_each_event_once_and_what_a_killed_one_was_sending_comes_again_under_its_id()
    {
        var office = await server.NewOfficeAsync();
        await using var receiver = await Receiver.StartAsync();
        await office.NewHookAsync(receiver, "property.created");
        await using var doomed = await HostProcess.StartAsync(server.Settings(), TestContext.Current.CancellationToken);
        var (underway, twice) = (new ConcurrentDictionary<string, bool>(), 0);
        receiver.Answers = async (m, http) =>
        {
            if (!underway.TryAdd(m.Id, true)) Interlocked.Increment(ref twice);
            await Task.Delay(20);
            underway.TryRemove(m.Id, out _);
            return 200;
        };
        for (var n = 0; n < 20; n++) await office.NewPropertyAsync();
        await receiver.UntilAsync(r => r.Accepted.Length >= 20);
        Assert.Equal(0, twice);
        Assert.Equal(20, receiver.Messages.Select(m => m.Id).Distinct().Count());
        Assert.Equal(20, receiver.Messages.Length);

        var (stuck, doomedCalls) = (new TaskCompletionSource(), 0);
        receiver.Answers = async (_, _) =>
        {
            Interlocked.Increment(ref doomedCalls);
            await stuck.Task;
            return 200;
        };
        var others = await office.NewPropertyAsync();
        for (var n = 0; n < 19; n++) await office.NewPropertyAsync();
        // Both hosts take some; enough if the other one holds at least one when it dies.
        for (var i = 0; i < 200 && await SendingElsewhereAsync(office) == 0; i++)
        {
            await receiver.UntilAsync(_ => doomedCalls > 0);
            stuck.TrySetResult();
            stuck = new TaskCompletionSource();
            await office.NewPropertyAsync();
            await Task.Delay(50, TestContext.Current.CancellationToken);
        }
        var held = await SendingElsewhereAsync(office);
        doomed.Kill();
        stuck.TrySetResult();
        receiver.Answers = (_, _) => Task.FromResult(200);
        Assert.True(held > 0, "the other host never sent anything");
        await office.DeliveriesUntilAsync("status=delivered&limit=1000",
            d => d.Length >= 40 && d.All(x => x.Text("status") == "delivered"));
        await office.DeliveriesUntilAsync("status=pending,waiting,sending,held,failed", d => d.Length == 0);
        Assert.Equal((await office.DeliveriesAsync("limit=1000")).Select(d => d.Text("message_id")!).Order(),
            receiver.Accepted.Select(m => m.Id).Distinct().Order());
        Assert.Contains(others, receiver.Accepted.Select(m => m.Data.Long("property_id")));
    }

    [Fact]
    public async Task A_name_that_leads_to_this_very_machine_is_not_connected_to()
    {
        var office = await server.NewOfficeAsync();
        await using var receiver = await Receiver.StartAsync();
        var hook = (await office.Admin.PostAsync(HookVerbs.Endpoints,
            new { url = $"http://localhost:{new Uri(receiver.Url).Port}/", is_active = false })).Must(201).Id();
        await using var strict = await HostProcess.StartAsync(
            [.. server.Settings().Where(s => !s.Name.StartsWith("Outgoing:", StringComparison.Ordinal)), ("Jobs:Run", "false")],
            TestContext.Current.CancellationToken);
        var answer = (await new Actor(strict.Client, office.Admin.Token).PostAsync($"{HookVerbs.Endpoints}/{hook}/ping")).Must(200);
        Assert.False(answer.IsTrue("delivered"));
        Assert.Equal("The name leads to no public address.", answer.Text("error"));
        Assert.Equal(0, receiver.Calls);
        foreach (var url in (string[])["http://localhost:9000/in", "http://hooks.localhost:9000/"])
        {
            var refused = await new Actor(strict.Client, office.Admin.Token).PostAsync(HookVerbs.Endpoints, new { url });
            Assert.Equal(["url"], refused.MustNameFields());
            Assert.Contains("Outgoing:AllowedNetworks", refused.Text, StringComparison.Ordinal);
        }
    }

    private async Task<long> SendingElsewhereAsync(Office office)
    {
        await using var connection = new NpgsqlConnection(server.Addresses.SystemConnectionString);
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        await using var command =
            new NpgsqlCommand("select count(*) from integrations.webhook_deliveries "
                + "where organization_id = $1 and status = 'sending' and runner not like $2", connection)
            {
                Parameters = { new() { Value = office.OrganizationId }, new() { Value = $"%:{Environment.ProcessId}:%" } },
            };
        return (long)(await command.ExecuteScalarAsync(TestContext.Current.CancellationToken))!;
    }
}
