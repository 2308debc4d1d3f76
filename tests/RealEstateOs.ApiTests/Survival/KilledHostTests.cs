using Npgsql;
using RealEstateOs.ApiTests.Fixture;

namespace RealEstateOs.ApiTests.Survival;

public sealed class KilledHostTests(Server server)
{
    /// <summary>How often the host is killed; REOS_KILLS=50 for the long run.</summary>
    private static readonly int Kills = int.TryParse(Environment.GetEnvironmentVariable("REOS_KILLS"), out var kills) ? kills : 3;

    [Fact]
    public async Task A_create_cut_off_by_kill_9_happens_once_when_it_is_repeated()
    {
        var office = await server.NewOfficeAsync();
        for (var i = 0; i < Kills; i++)
        {
            var (address, key) = ($"{i} Kill Street", ("Idempotency-Key", Guid.NewGuid().ToString()));
            await using (var doomed = await HostProcess.StartAsync(server.Settings(), TestContext.Current.CancellationToken))
            {
                var actor = new Actor(doomed.Client, office.Admin.Token);
                (await actor.GetAsync("/api/v1/properties")).Must(200);
                var cut = SwallowAsync(actor.PostAsync("/api/v1/properties", Samples.Property(("address", address)), key));
                await Task.Delay(i * 37 % 120, TestContext.Current.CancellationToken);
                doomed.Kill();
                await cut;
            }
            var repeated = await office.Admin.PostAsync("/api/v1/properties", Samples.Property(("address", address)), key);
            while (repeated.Status == 409)
                repeated = await office.Admin.PostAsync("/api/v1/properties", Samples.Property(("address", address)), key);
            var id = repeated.Must(201).Id();
            Assert.Equal(1, await CountAsync("properties.properties where address = $1 and organization_id = $2", address,
                office.OrganizationId));
            Assert.Equal(1,
                await CountAsync("platform.outbox where event_type = 'property.created' and (payload ->> 'property_id')::bigint = $1 and "
                    + "organization_id = $2", id, office.OrganizationId));
            Assert.Equal(1, await CountAsync(
                "platform.audit_logs where resource_type = 'property' and action = 'created' and resource_id = $1 and organization_id = $2",
                id, office.OrganizationId));
        }
    }

    private static async Task SwallowAsync(Task request)
    {
        try
        {
            await request;
        }
        catch (HttpRequestException)
        {
            // The host died before it answered: what the test wants.
        }
    }

    private async Task<long> CountAsync(string from, object value, long organization)
    {
        await using var connection = new NpgsqlConnection(server.Addresses.SystemConnectionString);
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        await using var command = new NpgsqlCommand($"select count(*) from {from}",
            connection) { Parameters = { new() { Value = value }, new() { Value = organization } } };
        return (long)(await command.ExecuteScalarAsync(TestContext.Current.CancellationToken))!;
    }
}
