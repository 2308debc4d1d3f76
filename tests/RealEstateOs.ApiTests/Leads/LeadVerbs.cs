using System.Text.Json;
using RealEstateOs.ApiTests.Fixture;

namespace RealEstateOs.ApiTests.Leads;

/// <summary>What tests of leads do every day.</summary>
internal static class LeadVerbs
{
    public const string Path = "/api/v1/leads";

    public static Dictionary<string, object?> Lead(params (string Name, object? Value)[] members)
    {
        var body = new Dictionary<string, object?> { ["first_name"] = "Sara", ["last_name"] = "Haddad" };
        foreach (var (name, value) in members) body[name] = value;
        return body;
    }

    public static async Task<JsonElement> NewLeadAsync(this Office office, params (string Name, object? Value)[] members) =>
        (await office.Admin.PostAsync(Path, Lead(members))).Must(201);

    public static async Task<long> NewRuleAsync(this Office office, long[] agents, params (string Name, object? Value)[] members)
    {
        var body = new Dictionary<string, object?> { ["name"] = "Rule", ["agent_ids"] = agents };
        foreach (var (name, value) in members) body[name] = value;
        return (await office.Admin.PostAsync($"{Path}/assignment-rules", body)).Must(201).Id();
    }
}
