using Npgsql;
using RealEstateOs.ApiTests.Fixture;
using RealEstateOs.ApiTests.Workflows;

namespace RealEstateOs.ApiTests.Survival;

/// <summary>Steps that are under way for as long as the test likes: their table is locked.</summary>
public sealed class LongStepTests(Server server)
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Paused_during_a_long_step_it_goes_on_at_another_host_and_does_nothing_twice(bool killed)
    {
        var ct = TestContext.Current.CancellationToken;
        await using var own = await OwnInstallation.OpenAsync(server, ("Jobs:Lease", "00:00:02"), ("Cma:SampleMarket", "false"));
        await using var first = await own.StartAsync();
        var (admin, client) = await NewClientAsync(first);
        var package = await NewPackageAsync(admin, Packages.Task("long"), Packages.Task("next", "long"));
        string execution;
        await using (await LockAsync(own))
        {
            execution = await admin.ExecuteAsync(package, new { client_id = client });
            await admin.UntilAsync(execution, e => e.At("active_steps").Items().Any(s => s.Text("status") == "running"));
            var paused = await admin.ControlAsync(execution, "pause");
            Assert.Equal(("paused", "long"), (paused.Text("status"), paused.Text("current_step_preserved")));
            if (killed) await EndAsync(first);
        }
        if (!killed)
        {
            var standing = await admin.UntilAsync(execution, e => e.At("completed_steps").Items().Any());
            Assert.Equal(("paused", 1), (standing.Text("status"), standing.Long("remaining_steps")));
            await EndAsync(first);
        }
        await using var second = await own.StartAsync();
        var again = new Actor(second.Client, admin.Token);
        Assert.Equal("running", (await again.ControlAsync(execution, "resume")).Text("status"));
        Assert.Equal("completed", (await again.EndedAsync(execution)).Text("status"));
        Assert.Equal(2, await again.ActivitiesAsync(client));

        async Task EndAsync(HostProcess host)
        {
            host.Kill();
            await host.EndedAsync(ct);
        }
    }

    [Fact]
    public async Task Whoever_is_urgent_has_the_next_free_place_of_the_office()
    {
        await using var own = await OwnInstallation.OpenAsync(server, ("Cma:SampleMarket", "false"));
        await using var host = await own.StartAsync();
        var (admin, client) = await NewClientAsync(host);
        var packages = new List<string>();
        foreach (var name in Enumerable.Range(0, 8).Select(i => $"early_{i}").Append("late").Append("urgent"))
            packages.Add(await NewPackageAsync(admin, Packages.Task(name)));
        var executions = new List<string>();
        await using (await LockAsync(own))
        {
            foreach (var package in packages)
                executions.Add(await admin.ExecuteAsync(package, new { client_id = client,
                    priority = package == packages[^1] ? "urgent" : "normal" }));
            Assert.Equal("queued", (await admin.GetAsync($"{Packages.Path}/executions/{executions[^1]}")).Must(200).Text("status"));
        }
        await Eventually.UntilAsync(() => admin.ActivitiesAsync(client), done => done == 10);
        // The order in which they got places: of two who get one at once either may end first.
        var (urgent, late) = (executions[^1], executions[^2]);
        Assert.Equal(1, await own.CountAsync(
            $"platform.jobs u join platform.jobs l on u.resource = '{urgent}' and l.resource = '{late}' and u.id < l.id"));
    }

    private static async Task<(Actor Admin, long Client)> NewClientAsync(HostProcess host)
    {
        var (_, admin) = await OwnInstallation.RegisterAsync(host);
        return (admin, (await admin.PostAsync("/api/v1/clients", new { first_name = "Omar", last_name = "Khalil" })).Must(201).Id());
    }

    private static async Task<string> NewPackageAsync(Actor admin, params object[] steps)
    {
        var name = $"p_{Guid.NewGuid():n}"[..20];
        (await admin.PostAsync($"{Packages.Path}/packages", new
        {
            name, display_name = "Long", parameters = new[] { new { name = "client_id", type = "client" } }, steps,
        })).Must(201);
        return name;
    }

    /// <summary>Nobody writes an activity of a client until the answer is disposed of.</summary>
    private static async Task<NpgsqlConnection> LockAsync(OwnInstallation own)
    {
        var connection = new NpgsqlConnection(own.Addresses.OwnerConnectionString + ";Pooling=false");
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        await using var command = new NpgsqlCommand("begin; lock table crm.activities in share row exclusive mode", connection);
        await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
        return connection;
    }
}
