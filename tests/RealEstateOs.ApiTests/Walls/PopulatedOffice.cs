using RealEstateOs.ApiTests.Fixture;

namespace RealEstateOs.ApiTests.Walls;

/// <summary>An office with at least one row of everything that a route can name by id. A new kind of resource is added here.</summary>
internal static class PopulatedOffice
{
    public static async Task<Office> NewAsync(Server server)
    {
        var office = await server.NewOfficeAsync();
        await AddPropertyAsync(office);
        (await office.Admin.PostAsync("/api/v1/search/reindex", new { })).Must(202);
        return office;
    }

    private static async Task AddPropertyAsync(Office office)
    {
        var property = $"/api/v1/properties/{await office.NewPropertyAsync()}";
        (await office.Admin.PostAsync($"{property}/valuations", new { value = 1, valuation_date = "2026-01-01" })).Must(201);
        (await office.Admin.PostAsync($"{property}/notes", new { content = "x" })).Must(201);
        (await office.Admin.PostAsync($"{property}/activities", new { activity_type = "call", description = "x" })).Must(201);
    }
}
