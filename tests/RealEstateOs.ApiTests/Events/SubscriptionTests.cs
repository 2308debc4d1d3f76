using System.Collections.Concurrent;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using RealEstateOs.ApiTests.Fixture;
using RealEstateOs.Contracts.Auth;
using RealEstateOs.Contracts.Properties;
using RealEstateOs.DevServices;
using RealEstateOs.Platform.Events;
using RealEstateOs.Platform.Events.Subscriptions;
using RealEstateOs.Platform.Jobs;
using RealEstateOs.Platform.Persistence;
using RealEstateOs.Platform.Tenancy;

namespace RealEstateOs.ApiTests.Events;

public sealed class SubscriptionTests(EventServices services) : IAsyncLifetime
{
    private const string Deleted = "property.deleted";
    private DevServiceAddresses addresses = null!;
    private NpgsqlDataSource db = null!;

    public async ValueTask InitializeAsync()
    {
        addresses = await services.NewDatabaseAsync();
        db = NpgsqlDataSource.Create(addresses.SystemConnectionString);
    }

    public ValueTask DisposeAsync() => db.DisposeAsync();

    [Fact]
    public async Task An_effect_happens_once_although_the_handler_fails_after_it_and_two_hosts_compete()
    {
        var faults = new Faults(failFirst: 3);
        await using var first = await StartAsync(faults);
        await using var second = await StartAsync(faults);
        for (var n = 1; n <= 30; n++) await db.WriteAsync(1 + n % 2, Deleted, $$"""{"property_id": {{n}}}""");
        await UntilPassedAsync(30);
        Assert.Equal(Enumerable.Range(1, 30).Select(n => (long)n), await EffectsAsync());
        Assert.Equal(0, await db.ScalarAsync<long>("select count(*) from platform.parked_events"));
        Assert.True(faults.Calls >= 33);
    }

    [Fact]
    public async Task The_effect_belongs_to_the_tenant_of_the_event()
    {
        await using var host = await StartAsync(new Faults());
        await db.WriteAsync(7, Deleted, """{"property_id": 1}""");
        await UntilPassedAsync(1);
        Assert.Equal(7, await db.ScalarAsync<long>("select organization_id from platform.audit_logs"));
    }

    [Fact]
    public async Task What_always_fails_is_parked_with_its_reason_and_the_next_event_goes_on()
    {
        await using var host = await StartAsync(new Faults(poison: 1));
        await db.WriteAsync(1, Deleted, """{"property_id": 1}""");
        await db.WriteAsync(1, Deleted, """{"property_id": 2}""");
        await UntilPassedAsync(2);
        Assert.Equal([2L], await EffectsAsync());
        Assert.Equal(
            "test.on_deleted 1 property.deleted 8 InvalidOperationException: poison",
            await db.ScalarAsync<string>(
                "select concat_ws(' ', subscription, position, event_type, attempts, last_error) from platform.parked_events"));
    }

    [Fact]
    public async Task A_parked_event_is_a_dead_letter_whose_replay_delivers_it_once_and_which_takes_it_along_when_deleted()
    {
        var faults = new Faults(poison: 1);
        await using var host = await StartAsync(faults, runJobs: true);
        await db.WriteAsync(1, Deleted, """{"property_id": 1}""");
        await db.WriteAsync(1, Deleted, """{"property_id": 1}""");
        await db.WriteAsync(1, Deleted, """{"property_id": 2}""");
        await UntilPassedAsync(3);
        await using var scope = host.Services.GetRequiredService<IServiceScopeFactory>().CreateTenantScope(new OrganizationId(1));
        var (work, letters) = (scope.ServiceProvider.GetRequiredService<UnitOfWork>(),
            scope.ServiceProvider.GetRequiredService<DeadLetters>());
        Assert.Equal(2, (await letters.StatsAsync(CancellationToken.None)).ByQueue["events"]);
        await work.BeginAsync(CancellationToken.None);
        var parked = await letters.ReplayAsync("events", 10, dryRun: true, CancellationToken.None);
        Assert.Equal(2, parked.Count);
        Assert.Equal([2L], await EffectsAsync());

        faults.Heal();
        Assert.True(await letters.DeleteAsync(parked[0], CancellationToken.None));
        Assert.Equal([parked[1]], await letters.ReplayAsync("event.deliver", 10, dryRun: false, CancellationToken.None));
        await work.CommitAsync(CancellationToken.None);
        await Eventually.UntilAsync(
            () => db.ScalarAsync<bool>($"select state = 'completed' from platform.jobs where id = {parked[1].Value}"));
        Assert.Equal([1L, 2L], await EffectsAsync());
        Assert.Equal(0, await db.ScalarAsync<long>("select count(*) from platform.parked_events"));
    }

    [Fact]
    public async Task A_new_subscription_starts_with_the_next_event_and_skips_what_it_does_not_want()
    {
        await using (await EventHost.StartAsync(addresses, redis: null))
        {
            await db.WriteAsync(1, Deleted, """{"property_id": 1}""");
            await Eventually.UntilAsync(() => db.ScalarAsync<bool>("select count(position) = 1 from platform.outbox"));
        }
        await using var host = await StartAsync(new Faults());
        await db.WriteAsync(1, "lead.created", """{"lead_id": 2}""");
        await db.WriteAsync(1, Deleted, """{"property_id": 3}""");
        await UntilPassedAsync(3);
        Assert.Equal([3L], await EffectsAsync());
    }

    [Fact]
    public async Task The_next_events_are_looked_for_from_where_the_subscription_stands_however_many_are_kept()
    {
        await using (var fill = db.CreateCommand(
            """
            insert into platform.outbox (organization_id, event_type, payload, occurred_at, position) select 1, 'lead.updated', '{}', now(),
                n from generate_series(1, 5000) n;
            insert into platform.subscriptions (name, position) values ('at.the.end', 4990);
            analyze platform.outbox
            """)) await fill.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
        await using var command = db.CreateCommand("explain (analyze, timing off) " + SubscriptionRunner.NextSql(null));
        command.Parameters.Add(new() { Value = "at.the.end" });
        command.Parameters.Add(new() { Value = DBNull.Value,
            NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Array | NpgsqlTypes.NpgsqlDbType.Text });
        command.Parameters.Add(new() { Value = 50 });
        command.Parameters.Add(new() { Value = TimeProvider.System.GetUtcNow() });
        command.Parameters.Add(new() { Value = 0L });
        var plan = new List<string>();
        await using var lines = await command.ExecuteReaderAsync(TestContext.Current.CancellationToken);
        while (await lines.ReadAsync(TestContext.Current.CancellationToken)) plan.Add(lines.GetString(0));
        Assert.Contains(plan, line => line.Contains("Index Cond: (\"position\" > ", StringComparison.Ordinal));
        Assert.DoesNotContain(plan, line => line.Contains("Rows Removed", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_subscriber_to_everything_gets_names_and_payloads_in_order()
    {
        var seen = new ConcurrentQueue<string>();
        await using var host = await EventHost.StartAsync(addresses, services.RedisConnection,
            s => s.AddSingleton(seen).AddAnyEventHandler<Listener>("test.listener"));
        await db.WriteAsync(1, "lead.created", """{"lead_id": 1}""");
        await db.WriteAsync(2, "deal.created", """{"deal_id": 2}""");
        await UntilPassedAsync(2);
        Assert.Equal(["""1 lead.created {"lead_id": 1}""", """2 deal.created {"deal_id": 2}"""], seen);
    }

    [Fact]
    public async Task A_subscriber_that_takes_many_gets_what_follows_in_one_office_at_once_and_all_of_it_again_one_by_one_where_it_fails()
    {
        var taken = new Takings();
        await using var host = await EventHost.StartAsync(addresses, services.RedisConnection,
            s => s.AddSingleton(taken).AddEventBatchHandler<Taker>("test.taker"));
        await db.ScalarAsync<long>(
            """
            with written as (
                insert into platform.outbox (organization_id, event_type, payload, occurred_at)
                select case when n <= 60 then 1 else 2 end, 'lead.created', jsonb_build_object('lead_id', n), now()
                from generate_series(1, 63) n returning id)
            select count(*) from written
            """);
        await UntilPassedAsync(63);
        Assert.Equal(["1: 60 from 1", .. Enumerable.Range(61, 3).Select(n => $"2: 1 from {n}")], taken.Kept);
    }

    [Fact]
    public async Task Cleanup_keeps_what_a_subscription_has_not_passed_and_what_is_not_dispatched()
    {
        await using var host = await StartAsync(new Faults());
        for (var n = 1; n <= 3; n++) await db.WriteAsync(1, Deleted, $$"""{"property_id": {{n}}}""");
        await UntilPassedAsync(3);
        await db.WriteAsync(1, Deleted, """{"property_id": 4}""");
        await UntilPassedAsync(4);
        await db.ScalarAsync<int>("update platform.outbox set occurred_at = now() - interval '8 days' where position < 4 returning 1");
        await db.ScalarAsync<int>(
            "update platform.subscriptions set position = 2, retry_at = now() + interval '1 hour', attempts = 1 returning 1");
        Assert.Equal(2, await host.Services.GetRequiredService<OutboxCleanup>().RunAsync(CancellationToken.None));
        Assert.Equal([3L, 4L], await db.ColumnAsync<long>("select position from platform.outbox order by 1"));
    }

    private Task<EventHost> StartAsync(Faults faults, bool runJobs = false) => EventHost.StartAsync(
        addresses, services.RedisConnection, s => s.AddSingleton(faults).AddEventHandler<OnDeleted, PropertyDeleted>("test.on_deleted"),
        new Dictionary<string, string?> { ["Jobs:Run"] = runJobs ? "true" : "false", ["Events:MaxAttempts"] = runJobs ? "2" : "8" });

    private async Task UntilPassedAsync(long position)
    {
        await Eventually.UntilAsync(
            () => db.ScalarAsync<bool>($"select exists (select from platform.subscriptions where position >= {position})"));
    }

    private Task<List<long>> EffectsAsync() =>
        db.ColumnAsync<long>("select resource_id from platform.audit_logs where action = 'seen' order by resource_id");

    private sealed class Faults(int failFirst = 0, long poison = 0)
    {
        private int calls;

        private volatile bool healed;

        public int Calls => calls;

        public void Heal() => healed = true;

        public void After(long property)
        {
            if (Interlocked.Increment(ref calls) <= failFirst) throw new InvalidOperationException("after the effect, before the commit");
            if (property == poison && !healed) throw new InvalidOperationException("poison");
        }
    }

    /// <summary>Its effect is an audit row, through the tenant's own connection.</summary>
    private sealed class OnDeleted(UnitOfWork work, Faults faults) : IEventHandler<PropertyDeleted>
    {
        public async Task HandleAsync(PropertyDeleted happened, EventContext context, CancellationToken ct)
        {
            await using var command = new NpgsqlCommand(
                "insert into platform.audit_logs (organization_id, action, resource_type, resource_id, changes, created_at) "
                    + "values ($1, 'seen', 'property', $2, '{}', now())",
                work.Connection, work.Transaction)
            {
                Parameters = { new() { Value = work.Tenant.Required.Value }, new() { Value = happened.PropertyId.Value } },
            };
            await command.ExecuteNonQueryAsync(ct);
            faults.After(happened.PropertyId.Value);
        }
    }

    private sealed class Listener(ConcurrentQueue<string> seen) : IAnyEventHandler
    {
        public Task HandleAsync(EventContext happened, CancellationToken ct)
        {
            seen.Enqueue($"{happened.OrganizationId.Value} {happened.Type} {happened.Payload}");
            return Task.CompletedTask;
        }
    }

    /// <summary>What a batch handler got and did not fail at.</summary>
    private sealed class Takings
    {
        public List<string> Kept { get; } = [];
    }

    /// <summary>Fails where it gets more than one event of the second organization.</summary>
    private sealed class Taker(Takings taken) : IEventBatchHandler
    {
        public Task HandleAsync(IReadOnlyList<EventContext> happened, CancellationToken ct)
        {
            if (happened[0].OrganizationId.Value == 2 && happened.Count > 1) throw new InvalidOperationException("too many");
            taken.Kept.Add($"{happened[0].OrganizationId.Value}: {happened.Count} from {happened[0].Position}");
            return Task.CompletedTask;
        }
    }
}
