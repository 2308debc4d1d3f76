using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using RealEstateOs.Bench.Http;
using RealEstateOs.DevServices;

namespace RealEstateOs.Bench.Host;

/// <summary>An office at work for hours, and whether its host grows: lists, searches, figures, writes, reports and mails.</summary>
internal static class EverythingBench
{
    private const int Connections = 8;

    public static async Task RunAsync(DevServiceAddresses addresses, string build, TimeSpan time)
    {
        await PlantAsync(addresses, build, TimeSpan.Zero);
        await using var host = await HostUnderTest.StartAsync(addresses, build, "Production");
        await SignInAsync(host.Client);
        var (server, token) = (host.Client.BaseAddress!, host.Client.DefaultRequestHeaders.Authorization!.Parameter!);
        Console.WriteLine("| minute | requests | failed | reports | resident MB | of it anonymous |\n|--:|--:|--:|--:|--:|--:|");
        for (var minute = 1; minute <= time.TotalMinutes; minute++)
        {
            var lead = await PostAsync(host.Client, "/leads", new
            {
                first_name = "Lina", last_name = $"Lead {minute}", email = $"lina-{minute}@example.com", source = "website",
            });
            await PostAsync(host.Client, "/communications", new
            {
                lead_id = lead.GetProperty("id"), subject = "Your viewing", body = "See you on Sunday.",
            });
            await ReportAsync(host.Client, minute);
            var measured = await Load.RunAsync(server, Connections, TimeSpan.FromSeconds(58), random => Request(server, token, random));
            using var reports = await host.Client.GetAsync("/api/v1/cma/reports?status=completed&limit=1");
            var memory = host.Memory();
            Console.WriteLine($"| {minute} | {measured.Requests} | {measured.Failed} | {reports.Headers.GetValues("X-Total-Count").First()} "
                + $"| {memory.Resident:0} | {memory.Anonymous:0} |");
        }
    }

    /// <summary>
    /// The sample data and enough of its market for a first report. What is left is learned while the host rests, or by the next one.
    /// </summary>
    public static async Task PlantAsync(DevServiceAddresses addresses, string build, TimeSpan rest)
    {
        await using var host = await HostUnderTest.StartAsync(addresses, build, "Development");
        await SignInAsync(host.Client);
        await ReportAsync(host.Client, 0);
        await Task.Delay(rest);
    }

    // Of a hundred requests five write, as an office looks far more often than it enters.
    private static byte[] Request(Uri server, string token, Random random) => random.Next(100) switch
    {
        < 3 => Load.Request(server, "POST", "/api/v1/properties", token, JsonSerializer.Serialize(new
        {
            address = $"{random.NextInt64():x} Maple Street", city = "Dubai", property_type = "apartment", price = random.Next(80_000, 900_000),
        })),
        < 5 => Load.Request(server, "POST", "/api/v1/leads", token, JsonSerializer.Serialize(new
        {
            first_name = "Noor", last_name = $"{random.NextInt64():x}", email = $"{Guid.NewGuid():n}@example.com", source = "website",
        })),
        < 20 => Load.Request(server, "GET", "/api/v1/analytics/dashboard", token),
        < 40 => Load.Request(server, "GET", "/api/v1/properties?search=maple&limit=50", token),
        < 60 => Load.Request(server, "GET", "/api/v1/leads?limit=50", token),
        < 70 => Load.Request(server, "GET", "/api/v1/deals?limit=50", token),
        < 75 => Load.Request(server, "GET", "/api/v1/audit-logs?limit=50", token),
        _ => Load.Request(server, "GET", $"/api/v1/properties?city=Dubai&min_price={random.Next(80_000, 800_000)}&limit=50", token),
    };

    private static Task<JsonElement> ReportAsync(HttpClient client, int minute) => PostAsync(client, "/cma/reports", new
    {
        subject_property = new
        {
            address = $"{minute} Kept House, Dubai Marina", location = "Dubai Marina", bedrooms = 2, area_sqft = 1200,
            property_type = "apartment",
        },
    });

    private static async Task SignInAsync(HttpClient client)
    {
        var answer = await PostAsync(client, "/auth/login", new { email = "admin@acme-realestate.com", password = "Admin123!" });
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer",
            answer.GetProperty("access_token").GetString());
    }

    private static async Task<JsonElement> PostAsync(HttpClient client, string path, object body)
    {
        while (true)
        {
            using var answer = await client.PostAsJsonAsync("/api/v1" + path, body);
            var text = await answer.Content.ReadAsStringAsync();
            if (answer.IsSuccessStatusCode) return JsonSerializer.Deserialize<JsonElement>(text);
            if (answer.StatusCode != HttpStatusCode.ServiceUnavailable)
                throw new InvalidOperationException($"POST {path}: {(int)answer.StatusCode} {text}");
            await Task.Delay(TimeSpan.FromSeconds(1));
        }
    }
}
