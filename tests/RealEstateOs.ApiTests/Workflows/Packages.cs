using System.Text.Json;
using RealEstateOs.ApiTests.Fixture;

namespace RealEstateOs.ApiTests.Workflows;

/// <summary>Verbs of the workflow tests.</summary>
internal static class Packages
{
    public const string Path = "/api/v1/workflows";

    /// <summary>A package of the office's own with these steps; answers its name.</summary>
    public static async Task<string> NewPackageAsync(this Office office, params object[] steps)
    {
        var name = $"p_{Guid.NewGuid():n}"[..20];
        (await office.Admin.PostAsync($"{Path}/packages", new
        {
            name, display_name = "Test",
            parameters = new object[] { new { name = "client_id", type = "client" }, new { name = "property_id", type = "property" },
                new { name = "hours", type = "number" } },
            steps,
        })).Must(201);
        return name;
    }

    public static async Task<string> ExecuteAsync(this Actor actor, string package, object? parameters = null,
        object? customizations = null) =>
            (await actor.PostAsync($"{Path}/packages/execute",
                new { package_name = package, parameters = parameters ?? new { }, customizations = customizations ?? new { } }))
                .Must(202).Text("execution_id")!;

    public static async Task<JsonElement> ControlAsync(this Actor actor, string execution, string action, object? more = null) =>
        (await actor.PostAsync($"{Path}/executions/{execution}/control", Merged(action, more))).Must(200);

    public static object Merged(string action, object? more)
    {
        var body = new Dictionary<string, object?> { ["action"] = action };
        foreach (var member in JsonSerializer.SerializeToElement(more ?? new { }).EnumerateObject()) body[member.Name] = member.Value;
        return body;
    }

    public static Task<JsonElement> UntilAsync(this Actor actor, string execution, Predicate<JsonElement> met) =>
        Eventually.UntilAsync(async () => (await actor.GetAsync($"{Path}/packages/status/{execution}")).Must(200), e => met(e));

    public static Task<JsonElement> EndedAsync(this Actor actor, string execution) =>
        actor.UntilAsync(execution, e => e.Text("status") is "completed" or "failed" or "cancelled");

    public static JsonElement Step(this JsonElement execution, string name) =>
        execution.At("completed_steps").Items().Concat(execution.At("failed_steps").Items()).Single(s => s.Text("step_name") == name);

    public static bool Waits(this JsonElement execution, string step) =>
        execution.At("active_steps").Items().Any(s => s.Text("step_name") == step && s.Text("status") == "waiting");

    public static async Task<long> NewClientAsync(this Office office, string? email = null) =>
        (await office.Admin.PostAsync("/api/v1/clients", new { first_name = "Omar", last_name = "Khalil", email })).Must(201).Id();

    public static async Task<int> ActivitiesAsync(this Actor actor, long client) =>
        (await actor.GetAsync($"/api/v1/clients/{client}/activities?limit=100")).Must(200).Items().Count();

    public static object Task(string name, params string[] after) =>
        new { name, kind = "client_task", depends_on = after, inputs = new { client_id = "$parameters.client_id", subject = name } };

    public static object Approval(string name, params string[] after) =>
        new { name, kind = "approval", depends_on = after, inputs = new { question = "Go on?" } };
}
