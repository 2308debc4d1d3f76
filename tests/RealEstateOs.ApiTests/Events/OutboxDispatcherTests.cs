using Npgsql;
using RealEstateOs.ApiTests.Fixture;
using RealEstateOs.DevServices;

namespace RealEstateOs.ApiTests.Events;

public sealed class OutboxDispatcherTests(EventServices services) : IAsyncLifetime
{
    private DevServiceAddresses addresses = null!;
    private NpgsqlDataSource db = null!;

    public async ValueTask InitializeAsync()
    {
        addresses = await services.NewDatabaseAsync();
        db = NpgsqlDataSource.Create(addresses.SystemConnectionString);
    }

    public ValueTask DisposeAsync() => db.DisposeAsync();

    [Fact]
    public async Task An_earlier_id_that_commits_later_gets_the_later_position()
    {
        await using var host = await EventHost.StartAsync(addresses, services.RedisConnection);
        await using var slow = await db.OpenConnectionAsync();
        await using var transaction = await slow.BeginTransactionAsync();
        await OutboxRows.Insert(slow.CreateCommand(), 1, "first.taken", "{}").ExecuteNonQueryAsync();
        await db.WriteAsync(1, "first.committed");
        await Eventually.UntilAsync(() => db.ScalarAsync<bool>("select exists (select from platform.outbox where position = 1)"));
        await transaction.CommitAsync();
        await Eventually.UntilAsync(() => db.ScalarAsync<bool>("select exists (select from platform.outbox where position = 2)"));
        Assert.Equal(["first.committed", "first.taken"],
            await db.ColumnAsync<string>("select event_type from platform.outbox order by position"));
        Assert.Equal([2L, 1L], await db.ColumnAsync<long>("select id from platform.outbox order by position"));
    }

    [Fact]
    public async Task Positions_go_on_without_a_gap_when_the_leader_dies_among_writers()
    {
        await using var first = await EventHost.StartAsync(addresses, services.RedisConnection);
        await using var second = await EventHost.StartAsync(addresses, redis: null);
        var writers = Enumerable.Range(0, 8).Select(_ => Task.Run(async () =>
        {
            for (var i = 0; i < 50; i++) await db.WriteAsync(1, "property.created");
        })).ToArray();
        await Eventually.UntilAsync(() => db.ScalarAsync<bool>("select exists (select from platform.outbox where position > 20)"));
        await first.DisposeAsync();
        await Task.WhenAll(writers);
        await Eventually.UntilAsync(() => db.ScalarAsync<bool>("select count(position) = 400 from platform.outbox"));
        Assert.Equal(Enumerable.Range(1, 400).Select(n => (long)n),
            await db.ColumnAsync<long>("select position from platform.outbox order by position"));
    }

    [Fact]
    public async Task A_leader_whose_session_is_killed_is_replaced_without_a_restart()
    {
        await using var host = await EventHost.StartAsync(addresses, redis: null);
        await db.WriteAsync(1, "property.created");
        await Eventually.UntilAsync(() => db.ScalarAsync<bool>("select count(position) = 1 from platform.outbox"));
        await db.ScalarAsync<long>("select count(pg_terminate_backend(pid)) from pg_stat_activity "
            + "where application_name = 'realestateos-system' and pid <> pg_backend_pid()");
        await db.WriteAsync(1, "property.updated");
        await Eventually.UntilAsync(() => db.ScalarAsync<bool>("select count(position) = 2 from platform.outbox"));
        Assert.Equal([1L, 2L], await db.ColumnAsync<long>("select position from platform.outbox order by id"));
    }

    [Fact]
    public async Task Positions_go_on_after_retention_has_emptied_the_outbox()
    {
        await using (await EventHost.StartAsync(addresses, redis: null))
        {
            await db.WriteAsync(1, "property.created");
            await Eventually.UntilAsync(() => db.ScalarAsync<bool>("select count(position) = 1 from platform.outbox"));
        }
        await db.ScalarAsync<long>("with gone as (delete from platform.outbox returning id) select count(*) from gone");
        await using var again = await EventHost.StartAsync(addresses, redis: null);
        await db.WriteAsync(1, "property.updated");
        await Eventually.UntilAsync(() => db.ScalarAsync<bool>("select count(position) = 1 from platform.outbox"));
        Assert.Equal(2, await db.ScalarAsync<long>("select position from platform.outbox"));
    }
}
