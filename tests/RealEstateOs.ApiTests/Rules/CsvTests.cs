using System.Text.Json;
using Microsoft.AspNetCore.Routing;
using RealEstateOs.ApiTests.Fixture;
using RealEstateOs.ApiTests.Walls;

namespace RealEstateOs.ApiTests.Rules;

/// <summary>Discovers what answers an array: all of it is a file for a spreadsheet, too.</summary>
public sealed class CsvTests(Server server)
{
    [Fact]
    public async Task Every_array_comes_as_csv_with_a_row_for_each_of_its_items()
    {
        var office = await PopulatedOffice.NewAsync(server);
        var ids = await RouteIds.OfAsync(server, office);
        var (faults, filled) = (new List<string>(), 0);
        foreach (var route in server.Routes.Where(
            r => r.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods is ["GET"]
                && r.RoutePattern.RawText!.StartsWith("/api/", StringComparison.Ordinal)))
        {
            var path = RouteIds.Fill(route, ids, out _) ?? route.RoutePattern.RawText!;
            var json = path.Contains('{', StringComparison.Ordinal) || path.Contains("/sse/", StringComparison.Ordinal) ? null
                : await office.Admin.GetAsync(path);
            if (json is not { Status: 200 } || json.Header("Content-Type")?.Contains("json", StringComparison.Ordinal) != true
                || json.Json.ValueKind != JsonValueKind.Array) continue;
            var csv = await office.Admin.GetAsync(path, ("Accept", "text/csv"));
            if (csv.Header("Content-Type")?.StartsWith("text/csv", StringComparison.Ordinal) != true)
                faults.Add($"{path} answered {csv.Header("Content-Type")}");
            if (json.Json.GetArrayLength() == 0) continue;
            filled++;
            var names = json.Json[0].EnumerateObject().Select(m => m.Name).ToArray();
            var header = csv.Text.Split('\n')[0].Trim('\uFEFF', '\r').Split(',');
            if (!names.All(header.Contains)) faults.Add($"{path} lacks {string.Join(", ", names.Except(header))}");
        }
        Assert.True(faults.Count == 0, string.Join(Environment.NewLine, faults));
        Assert.True(filled > 20, $"only {filled} lists had rows");
    }
}
