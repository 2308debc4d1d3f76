using System.Globalization;
using RealEstateOs.ApiTests.Fixture;
using RealEstateOs.ApiTests.Workflows;

namespace RealEstateOs.ApiTests.Survival;

/// <summary>Larger by REOS_WORKFLOW_EXECUTIONS and REOS_WORKFLOW_KILLS; see docs/workflows.md.</summary>
public sealed class KilledWorkflowTests(Server server)
{
    private static readonly int Executions = Number("REOS_WORKFLOW_EXECUTIONS", 12), Kills = Number("REOS_WORKFLOW_KILLS", 3);

    private const string Address = "omar@example.com";

    private static readonly (string Kind, object Inputs)[] Kinds =
    [
        ("client_task", new { client_id = "$parameters.client_id" }),
        ("photography_schedule", new { property_id = "$parameters.property_id" }),
        ("follow_up_task", new { lead_id = "$parameters.lead_id" }), ("wait", new { minutes = 0.01 }),
        ("client_message", new { client_id = "$parameters.client_id", subject = "News", content = "Come and see." }),
    ];

    private static readonly (string Kind, string Rows)[] Traces =
    [
        ("client_task", "crm.activities where metadata ? 'execution'"), ("photography_schedule", "properties.activities"),
        ("follow_up_task", "leads.activities where metadata ? 'execution'"),
        ("client_message", $"platform.messages where recipient = '{Address}'"), ("client_message", "outreach.communications"),
    ];

    [Fact]
    public async Task Hosts_that_are_killed_at_random_leave_every_step_done_once()
    {
        var ct = TestContext.Current.CancellationToken;
        await using var own = await OwnInstallation.OpenAsync(
            server, ("Jobs:Lease", "00:00:02"), ("Cma:SampleMarket", "false"), ("RateLimits:Plans:standard:ConcurrentWorkflows", "10000"));
        var host = await own.StartAsync();
        var (_, admin) = await OwnInstallation.RegisterAsync(host);
        var client = (await admin.PostAsync("/api/v1/clients", new { first_name = "Omar", last_name = "Khalil", email = Address }))
            .Must(201).Id();
        var property = (await admin.PostAsync("/api/v1/properties", Samples.Property())).Must(201).Id();
        var lead = (await admin.PostAsync("/api/v1/leads", new { first_name = "Lena", last_name = "Lead", phone = "+971501234567" }))
            .Must(201).Id();
        var (random, steps, started) = (new Random(7), new List<string>(), new List<string>());
        for (var i = 0; i < Executions; i++)
        {
            var graph = RandomSteps(random, i, steps);
            (await admin.PostAsync($"{Packages.Path}/packages", new
            {
                name = $"random_{i}", display_name = "Random", steps = graph,
                parameters = new[] { new { name = "client_id", type = "client" }, new { name = "property_id", type = "property" },
                    new { name = "lead_id", type = "lead" } },
            })).Must(201);
            started.Add(await admin.ExecuteAsync($"random_{i}", new { client_id = client, property_id = property, lead_id = lead }));
        }
        var expected = steps.Count;
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
        // By what the modules themselves have, each step has left one trace.
        foreach (var (kind, rows) in Traces)
        {
            var wanted = steps.Count(k => k == kind);
            Assert.Equal((kind, wanted), (kind, await own.CountAsync(rows)));
            if (kind == "client_message") continue;
            Assert.Equal((kind, wanted), (kind, await own.CountAsync(
                $"(select distinct metadata ->> 'execution', metadata ->> 'step' from {rows}) as effects")));
        }
        await host.DisposeAsync();
    }

    /// <summary>Three to eight steps of several modules; each waits for some of those before it.</summary>
    private static object[] RandomSteps(Random random, int number, List<string> kinds)
    {
        var count = random.Next(3, 9);
        return [.. Enumerable.Range(0, count).Select(i =>
        {
            var (kind, inputs) = Kinds[random.Next(Kinds.Length)];
            kinds.Add(kind);
            return new { name = Name(i), kind, inputs,
                depends_on = Enumerable.Range(0, i).Where(_ => random.Next(3) == 0).Select(Name).ToArray() };
        })];

        string Name(int step) => string.Create(CultureInfo.InvariantCulture, $"s{number}_{step}");
    }

    private static int Number(string variable, int standard) =>
        int.TryParse(Environment.GetEnvironmentVariable(variable), CultureInfo.InvariantCulture, out var given) ? given : standard;
}
