using System.Globalization;
using RealEstateOs.ApiTests.Fixture;
using RealEstateOs.ApiTests.Workflows;

namespace RealEstateOs.ApiTests.Survival;

/// <summary>Larger by REOS_WORKFLOW_EXECUTIONS and REOS_WORKFLOW_KILLS; see docs/workflows.md.</summary>
public sealed class KilledWorkflowTests(Server server)
{
    private static readonly int Executions = Number("REOS_WORKFLOW_EXECUTIONS", 12), Kills = Number("REOS_WORKFLOW_KILLS", 3);

    [Fact]
    public async Task Hosts_that_are_killed_at_random_leave_every_step_done_once()
    {
        var ct = TestContext.Current.CancellationToken;
        await using var own = await OwnInstallation.OpenAsync(
            server, ("Jobs:Lease", "00:00:02"), ("Cma:SampleMarket", "false"), ("RateLimits:Plans:standard:ConcurrentWorkflows", "10000"));
        var host = await own.StartAsync();
        var (_, admin) = await OwnInstallation.RegisterAsync(host);
        var client = (await admin.PostAsync("/api/v1/clients", new { first_name = "Omar", last_name = "Khalil" })).Must(201).Id();
        var (random, expected, started) = (new Random(7), 0, new List<string>());
        for (var i = 0; i < Executions; i++)
        {
            var (steps, count) = RandomSteps(random, i);
            (await admin.PostAsync($"{Packages.Path}/packages", new
            {
                name = $"random_{i}", display_name = "Random", parameters = new[] { new { name = "client_id", type = "client" } }, steps,
            })).Must(201);
            started.Add(await admin.ExecuteAsync($"random_{i}", new { client_id = client }));
            expected += count;
        }
        for (var kill = 0; kill < Kills; kill++)
        {
            var done = await own.CountAsync("workflows.steps where status = 'completed'");
            await Eventually.UntilAsync(
                () => own.CountAsync("workflows.steps where status = 'completed'"),
                now => now >= Math.Min(expected, done + random.Next(1, 1 + (expected / (Kills + 1)))));
            host.Kill();
            await host.EndedAsync(ct);
            await host.DisposeAsync();
            host = await own.StartAsync();
        }
        var again = new Actor(host.Client, admin.Token);
        await Eventually.UntilAsync(() => own.CountAsync("workflows.executions where status = 'running'"), left => left == 0);
        foreach (var execution in started)
        {
            var answer = (await again.GetAsync($"{Packages.Path}/executions/{execution}")).Must(200);
            Assert.True(answer.Text("status") == "completed", answer.GetRawText());
        }
        Assert.Equal(expected, await own.CountAsync("crm.activities"));
        Assert.Equal(expected, await own.CountAsync(
            "(select distinct metadata ->> 'execution', metadata ->> 'step' from crm.activities) as effects"));
        await host.DisposeAsync();
    }

    /// <summary>Three to eight tasks; each waits for some of those before it.</summary>
    private static (object[] Steps, int Count) RandomSteps(Random random, int number)
    {
        var count = random.Next(3, 9);
        return ([.. Enumerable.Range(0, count).Select(i => Packages.Task(
            Name(i), [.. Enumerable.Range(0, i).Where(_ => random.Next(3) == 0).Select(Name)]))], count);

        string Name(int step) => string.Create(CultureInfo.InvariantCulture, $"s{number}_{step}");
    }

    private static int Number(string variable, int standard) =>
        int.TryParse(Environment.GetEnvironmentVariable(variable), CultureInfo.InvariantCulture, out var given) ? given : standard;
}
