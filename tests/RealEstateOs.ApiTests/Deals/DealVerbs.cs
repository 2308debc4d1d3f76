using System.Text.Json;
using RealEstateOs.ApiTests.Fixture;

namespace RealEstateOs.ApiTests.Deals;

/// <summary>What tests of deals do every day.</summary>
internal static class DealVerbs
{
    public static async Task<JsonElement> NewDealAsync(this Office office, object? property = null,
        params (string Name, object? Value)[] members)
    {
        var body = new Dictionary<string, object?> { ["property_id"] = property ?? await office.NewPropertyAsync(), ["deal_type"] = "sale",
            ["value"] = 500_000 };
        foreach (var (name, value) in members) body[name] = value;
        return (await office.Admin.PostAsync("/api/v1/deals", body)).Must(201);
    }
}
