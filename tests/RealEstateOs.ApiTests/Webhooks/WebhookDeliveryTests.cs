using Microsoft.Extensions.DependencyInjection;
using RealEstateOs.ApiTests.Communications;
using RealEstateOs.ApiTests.Fixture;
using RealEstateOs.Integrations.Deliveries;

namespace RealEstateOs.ApiTests.Webhooks;

public sealed class WebhookDeliveryTests(Server server)
{
    [Fact]
    public async Task A_receiver_that_fails_for_a_while_gets_every_event_in_the_end_in_order_per_resource_and_others_meanwhile()
    {
        var office = await server.NewOfficeAsync();
        await using var receiver = await Receiver.StartAsync();
        var (hook, secret) = await office.NewHookAsync(receiver, "property.*");
        var (sick, refusals) = (0L, 0);
        receiver.Answers = (m, _) =>
            Task.FromResult(m.Data.Long("property_id") == Interlocked.Read(ref sick) && Interlocked.Increment(ref refusals) <= 4
                ? 503 : 200);
        Interlocked.Exchange(ref sick, await office.NewPropertyAsync());
        var well = await office.NewPropertyAsync();
        for (var n = 0; n < 5; n++)
        {
            await office.RenameAsync(sick, n);
            await office.RenameAsync(well, n);
        }
        await receiver.UntilAsync(r => r.Accepted.Length >= 12);
        Assert.All(receiver.Messages, m => Assert.True(m.IsSignedWith(secret)));
        var events = await EventsOfAsync(office, "property.%");
        foreach (var property in new[] { sick, well })
        {
            var expected = events.Where(e => e.Property == property).Select(e => e.Id).ToArray();
            Assert.Equal(expected, receiver.Accepted.Where(m => m.Data.Long("property_id") == property).Select(m => m.Id));
        }
        Assert.Equal(4, receiver.Messages.Count(m => m.Answered == 503 && m.Id == events.First(e => e.Property == sick).Id));
        var firstOfSick = Array.FindIndex(receiver.Messages, m => m.Answered == 200 && m.Data.Long("property_id") == sick);
        var firstOfWell = Array.FindIndex(receiver.Messages, m => m.Answered == 200 && m.Data.Long("property_id") == well);
        Assert.True(firstOfWell < firstOfSick, "the healthy resource waited for the failing one");
        Assert.True((await office.HookAsync(hook)).IsTrue("is_active"));
    }

    [Fact]
    public async Task An_organization_whose_receivers_never_answer_delays_nobody_elses_events()
    {
        await using var tarpit = await Receiver.StartAsync();
        await using var well = await Receiver.StartAsync();
        tarpit.Answers = async (_, http) =>
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, http.RequestAborted);
            return 200;
        };
        var hostile = new[] { await server.NewOfficeAsync(), await server.NewOfficeAsync() };
        foreach (var office in hostile)
            for (var n = 0; n < 40; n++) await office.NewHookAsync(tarpit, "property.created");
        var healthy = await server.NewOfficeAsync();
        await healthy.NewHookAsync(well, "property.created");
        foreach (var office in hostile) await office.NewPropertyAsync();
        await tarpit.UntilAsync(r => r.Calls >= 32);
        foreach (var office in hostile) await office.NewPropertyAsync();
        for (var n = 1; n <= 3; n++)
        {
            await healthy.NewPropertyAsync();
            await well.UntilAsync(r => r.Accepted.Length >= n);
        }
        // What was there long before has not even been tried: the newcomer did not stand behind it.
        foreach (var office in hostile)
        {
            Assert.NotEqual(0, await server.CountAsync("integrations.webhook_deliveries where organization_id = $1 and attempts = 0",
                office.OrganizationId));
            Assert.InRange(await server.CountAsync("integrations.webhook_deliveries where organization_id = $1 and status = 'sending'",
                office.OrganizationId), 0, 16);
        }
    }

    [Fact]
    public async Task A_delivery_that_was_given_up_lets_the_next_pass_and_goes_out_again_when_asked_under_the_same_id()
    {
        var office = await server.NewOfficeAsync();
        await using var receiver = await Receiver.StartAsync();
        var (hook, _) = await office.NewHookAsync(receiver, "property.created", "property.updated");
        receiver.Answers = (m, http) =>
        {
            if (m.Type != "property.created") return Task.FromResult(200);
            http.Response.Headers.RetryAfter = "0";
            return Task.FromResult(500);
        };
        var property = await office.NewPropertyAsync();
        await office.RenameAsync(property, 1);
        var failed = (await office.DeliveriesUntilAsync($"endpoint_id={hook}&status=failed", d => d.Length == 1))[0];
        await office.DeliveriesUntilAsync($"endpoint_id={hook}&event_type=property.updated&status=delivered", d => d.Length == 1);
        Assert.Equal($"prop_{property}", failed.Text("resource"));
        var detail = (await office.Admin.GetAsync($"{HookVerbs.Deliveries}/{failed.Id()}")).Must(200);
        Assert.Equal([1, 2, 3, 4, 5], detail.At("log").Items().Select(a => (int)a.Long("number")));
        Assert.All(detail.At("log").Items(), a => Assert.Equal(500, a.Long("response_status")));
        Assert.Equal(property, detail.Long("body.data.property_id"));

        receiver.Answers = (_, _) => Task.FromResult(200);
        (await office.Admin.PostAsync($"{HookVerbs.Endpoints}/{hook}/redeliver",
            new { since = TimeProvider.System.GetUtcNow().AddHours(1) })).Must(202);
        Assert.DoesNotContain(receiver.Accepted, m => m.Type == "property.created");
        Assert.Equal(1, (await office.Admin.PostAsync($"{HookVerbs.Endpoints}/{hook}/redeliver",
            new { since = TimeProvider.System.GetUtcNow().AddHours(-1) })).Must(202).Long("redelivered"));
        await receiver.UntilAsync(r => r.Accepted.Any(m => m.Id == failed.Text("message_id")));
        await office.DeliveriesUntilAsync($"endpoint_id={hook}&status=delivered", d => d.Length == 2);
        (await office.Admin.PostAsync($"{HookVerbs.Deliveries}/dlv_{failed.Id()}/redeliver")).Must(202);
        await receiver.UntilAsync(r => r.Accepted.Count(m => m.Id == failed.Text("message_id")) == 2);
    }

    [Fact]
    public async Task A_dead_endpoint_is_disabled_its_managers_are_told_and_what_happened_meanwhile_comes_when_it_is_active_again()
    {
        var office = await server.NewOfficeAsync();
        await using var receiver = await Receiver.StartAsync();
        await server.ExecuteAsync("update auth.users set email_verified_at = now() where id = $1", office.AdminId);
        var (hook, _) = await office.NewHookAsync(receiver, "property.*");
        receiver.Answers = (_, _) => Task.FromResult(500);
        var first = await office.NewPropertyAsync();
        for (var n = 0; n < 4; n++) await office.NewPropertyAsync();
        await UntilDisabledAsync(office, hook, "failing");
        Assert.True((await office.HookAsync(hook)).Long("consecutive_failures") >= 12);
        var mail = await MailAsync(office.AdminEmail, "disabled");
        Assert.Contains("127.0.0.1", mail, StringComparison.Ordinal);
        Assert.DoesNotContain("/hook", mail, StringComparison.Ordinal);
        var told = await server.CountAsync(
            "platform.outbox where organization_id = $1 and event_type = 'notification' and (payload ->> 'user_id')::bigint = $2",
            office.OrganizationId, office.AdminId);
        Assert.Equal(1, told);

        await office.RenameAsync(first, 1);
        await office.DeliveriesUntilAsync($"endpoint_id={hook}&event_type=property.updated&status=held", d => d.Length == 1);
        receiver.Answers = (_, _) => Task.FromResult(200);
        var calls = receiver.Calls;
        (await office.Admin.PostAsync($"{HookVerbs.Endpoints}/{hook}/redeliver",
            new { since = TimeProvider.System.GetUtcNow().AddHours(-1) })).MustRefuse(409, "RES_003");
        Assert.Equal(calls, receiver.Calls);
        (await office.Admin.PatchAsync($"{HookVerbs.Endpoints}/{hook}", new { is_active = true })).Must(200);
        await receiver.UntilAsync(r => r.Accepted.Any(m => m.Type == "property.updated"));
        Assert.Equal(0, (await office.HookAsync(hook)).Long("consecutive_failures"));
    }

    [Fact]
    public async Task Gone_disables_at_once_and_a_message_to_one_person_goes_to_no_webhook()
    {
        var office = await server.NewOfficeAsync();
        await using var receiver = await Receiver.StartAsync();
        await using var witness = await Receiver.StartAsync();
        var (hook, _) = await office.NewHookAsync(receiver, "property.*");
        await office.NewHookAsync(witness);
        receiver.Answers = (_, _) => Task.FromResult(410);
        await office.NewPropertyAsync();
        await UntilDisabledAsync(office, hook, "gone");
        Assert.Equal(1, receiver.Calls);
        await office.NewPropertyAsync();
        await witness.UntilAsync(w => w.Accepted.Length >= 2);
        Assert.DoesNotContain(witness.Messages, m => m.Type == "notification");
    }

    [Fact]
    public async Task A_receiver_that_takes_its_time_holds_up_no_other()
    {
        var office = await server.NewOfficeAsync();
        await using var slow = await Receiver.StartAsync();
        await using var quick = await Receiver.StartAsync();
        var release = new TaskCompletionSource();
        slow.Answers = async (_, _) =>
        {
            await release.Task;
            return 200;
        };
        await office.NewHookAsync(slow, "property.created");
        await office.NewHookAsync(quick, "property.created");
        for (var n = 0; n < 8; n++) await office.NewPropertyAsync();
        await quick.UntilAsync(q => q.Accepted.Length == 8);
        Assert.Empty(slow.Messages);
        Assert.InRange(slow.Calls, 1, 8);
        release.SetResult();
        await slow.UntilAsync(s => s.Accepted.Select(m => m.Id).Distinct().Count() == 8);
    }

    [Fact]
    public async Task Old_deliveries_are_purged_and_what_waits_is_not()
    {
        var office = await server.NewOfficeAsync();
        await using var receiver = await Receiver.StartAsync();
        var (hook, _) = await office.NewHookAsync(receiver, "property.created");
        await office.NewPropertyAsync();
        await office.NewPropertyAsync();
        var delivered = await office.DeliveriesUntilAsync($"endpoint_id={hook}&status=delivered", d => d.Length == 2);
        await server.ExecuteAsync("update integrations.webhook_deliveries set created_at = now() - interval '31 days' where id = $1",
            delivered[0].Id());
        var clean = ActivatorUtilities.CreateInstance<CleanWebhookDeliveries>(server.Services);
        await clean.RunAsync(null!, TestContext.Current.CancellationToken);
        Assert.Equal([delivered[1].Id()], (await office.DeliveriesAsync($"endpoint_id={hook}")).Select(d => d.Id()));
    }

    private async Task UntilDisabledAsync(Office office, long hook, string reason)
    {
        var disabled = await Eventually.UntilAsync(() => office.HookAsync(hook), seen => !seen.IsTrue("is_active"));
        Assert.Equal(reason, disabled.Text("disabled_reason"));
    }

    private async Task<string> MailAsync(string recipient, string word) =>
        (await Eventually.UntilAsync(
            async () => (await Task.WhenAll(Outbox.Mails(server, recipient).Select(file => File.ReadAllTextAsync(file)))).FirstOrDefault(
                mail => mail.Contains(word, StringComparison.Ordinal)),
            mail => mail is not null))!;

    private async Task<(string Id, long Property)[]> EventsOfAsync(Office office, string types)
    {
        await using var connection = new Npgsql.NpgsqlConnection(server.Addresses.SystemConnectionString);
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        await using var command = new Npgsql.NpgsqlCommand(
            "select 'evt_' || id, (payload ->> 'property_id')::bigint from platform.outbox "
                + "where organization_id = $1 and event_type like $2 order by position", connection)
        {
            Parameters = { new() { Value = office.OrganizationId }, new() { Value = types } },
        };
        var events = new List<(string, long)>();
        await using var reader = await command.ExecuteReaderAsync(TestContext.Current.CancellationToken);
        while (await reader.ReadAsync(TestContext.Current.CancellationToken)) events.Add((reader.GetString(0), reader.GetInt64(1)));
        return [.. events];
    }
}
