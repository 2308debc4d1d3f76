using System.Text.Json;
using Npgsql;
using RealEstateOs.ApiTests.Fixture;

namespace RealEstateOs.ApiTests.Deals;

/// <summary>The events that an office has announced, as they stand in the database.</summary>
internal static class Outbox
{
    public static async Task<List<(string Type, JsonElement Payload)>> OfAsync(Server server, Office office, string types)
    {
        await using var source = NpgsqlDataSource.Create(server.Addresses.SystemConnectionString);
        await using var command = source.CreateCommand(
            "select event_type, payload from platform.outbox where organization_id = $1 and event_type like $2 order by id");
        command.Parameters.Add(new() { Value = office.OrganizationId });
        command.Parameters.Add(new() { Value = types });
        await using var reader = await command.ExecuteReaderAsync();
        var events = new List<(string, JsonElement)>();
        while (await reader.ReadAsync()) events.Add((reader.GetString(0), JsonDocument.Parse(reader.GetString(1)).RootElement));
        return events;
    }
}
