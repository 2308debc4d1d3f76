using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net.Http.Headers;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using RealEstateOs.ApiTests.Campaigns;
using RealEstateOs.ApiTests.Messaging;

namespace RealEstateOs.Bench.Outreach;

/// <summary>
/// What an organization waits for a webhook, a reset mail and a report: alone, then beside two whose fifty receivers each never answer, who
/// write to thousands of leads and order reports. The ratio is what one tenant's worst day costs another.
/// </summary>
internal static class NeighboursBench
{
    private const string Content = "<p>Dear {{first_name}}, we have homes in your range.</p>";
    private const int Hostile = 2, Endpoints = 50, Events = 15, Reports = 60, Samples = 15;

    public static async Task RunAsync(int leads)
    {
        await using var sink = new SmtpSink();
        var arrived = new ConcurrentDictionary<long, long>();
        await using var receivers = await ReceiversAsync(arrived);
        await using var host = await BenchHost.StartAsync(_ => { }, ("Mail:Transport", "smtp"), ("Smtp:Host", "127.0.0.1"),
            ("Smtp:Port", $"{sink.Port}"), ("RateLimits:Enabled", "false"),
            ("Outgoing:AllowedNetworks:0", "127.0.0.0/8"), ("Cma:SampleMarket", "true"),
            ("RateLimits:Plans:standard:ReportsPerDay", "1000"));
        await HookAsync(host, host.Client, receivers, "quick");
        var alone = await MeasureAsync(host, sink, arrived, "alone");
        var hostile = new List<(HttpClient Client, long Property)>();
        for (var n = 0; n < Hostile; n++) hostile.Add(await AttackAsync(host, receivers, leads, n));
        await UntilAsync(() => Task.FromResult(sink.Mails.Any(LeadCrowd.Has)));
        foreach (var (client, property) in hostile)
            for (var n = 0; n < Reports; n++) await host.SendAsync(HttpMethod.Post, "/cma/reports", new { property_id = property }, client);
        var before = sink.Mails.Count(LeadCrowd.Has);
        var beside = await MeasureAsync(host, sink, arrived, "beside");
        Console.WriteLine($"median of {Samples}, beside {Hostile} organizations with {Endpoints} receivers that hang, "
            + $"a campaign to {leads:N0} under way and {Reports} reports each:");
        foreach (var (what, one, two) in new[] { ("webhook", alone.Webhook, beside.Webhook), ("reset mail", alone.Mail, beside.Mail),
            ("report", alone.Report, beside.Report) })
            Console.WriteLine($"  {what,-12} alone {one.TotalSeconds,7:F2} s   beside {two.TotalSeconds,7:F2} s   ratio {two / one,6:F1}");
        Console.WriteLine($"  of their mails {sink.Mails.Count(LeadCrowd.Has) - before:N0} were sent meanwhile");
        foreach (var (client, _) in hostile) client.Dispose();
    }

    private static async Task<(TimeSpan Webhook, TimeSpan Mail, TimeSpan Report)> MeasureAsync(BenchHost host, SmtpSink sink,
        ConcurrentDictionary<long, long> arrived, string phase)
    {
        var (webhooks, mails, reports) = (new List<TimeSpan>(), new List<TimeSpan>(), new List<TimeSpan>());
        for (var n = 0; n < Samples; n++)
        {
            var email = $"{phase}-{n}@example.com";
            await host.SendAsync(HttpMethod.Post, "/users",
                new { email, password = "Correct-Horse-2026!", first_name = "Uma", last_name = "User", role = "agent" });
            await UntilAsync(() => Task.FromResult(sink.Mails.Any(m => m.Recipient == email)));

            var started = Stopwatch.GetTimestamp();
            var property = (await host.SendAsync(HttpMethod.Post, "/properties", new { address = $"{n} Quay House", city = "Dubai",
                community = "Dubai Marina", property_type = "apartment", bedrooms = 2, square_feet = 964 }))
                .GetProperty("id").GetInt64();
            await UntilAsync(() => Task.FromResult(arrived.ContainsKey(property)));
            webhooks.Add(Stopwatch.GetElapsedTime(started, arrived[property]));

            started = Stopwatch.GetTimestamp();
            await host.SendAsync(HttpMethod.Post, "/auth/password-reset-request", new { email });
            await UntilAsync(() => Task.FromResult(sink.Mails.Count(m => m.Recipient == email) == 2));
            mails.Add(Stopwatch.GetElapsedTime(started));

            started = Stopwatch.GetTimestamp();
            var report = (await host.SendAsync(HttpMethod.Post, "/cma/reports", new { property_id = property })).GetProperty("job_id")
                .GetString();
            await UntilAsync(async () =>
                (await host.SendAsync(HttpMethod.Get, $"/status/{report}")).GetProperty("state").GetString() is "completed" or "failed");
            reports.Add(Stopwatch.GetElapsedTime(started));
        }
        return (Median(webhooks), Median(mails), Median(reports));
    }

    private static async Task<(HttpClient Client, long Property)> AttackAsync(BenchHost host, WebApplication receivers, int leads,
        int number)
    {
        var client = new HttpClient(new SocketsHttpHandler()) { BaseAddress = host.Client.BaseAddress };
        var registered = await host.SendAsync(HttpMethod.Post, "/auth/register", new
        {
            email = $"hostile-{number}@example.com", password = "Correct-Horse-2026!", first_name = "Hal", last_name = "Hostile",
            organization_name = "Hostile Realty",
        }, client);
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer",
            registered.GetProperty("access_token").GetString());
        await LeadCrowd.InsertAsync(host.Addresses.SystemConnectionString,
            registered.GetProperty("organization").GetProperty("id").GetInt64(), leads);
        for (var n = 0; n < Endpoints; n++) await HookAsync(host, client, receivers, "never");
        JsonElement property = default;
        for (var n = 0; n < Events; n++)
            property = await host.SendAsync(HttpMethod.Post, "/properties", new { address = $"{n} Quay House", city = "Dubai",
                community = "Dubai Marina", property_type = "apartment", bedrooms = 2, square_feet = 964 }, client);
        var campaign = (await host.SendAsync(HttpMethod.Post, "/campaigns",
            new { name = "Flood", campaign_type = "email", subject = "Hello", content = Content }, client)).GetProperty("id").GetInt64();
        await host.SendAsync(HttpMethod.Post, $"/campaigns/{campaign}/send", new { }, client);
        return (client, property.GetProperty("id").GetInt64());
    }

    private static Task<JsonElement> HookAsync(BenchHost host, HttpClient client, WebApplication receivers, string path) =>
        host.SendAsync(HttpMethod.Post, "/webhooks/endpoints",
            new { url = $"{receivers.Urls.Single()}/{path}", event_types = new[] { "property.created" } }, client);

    private static async Task<WebApplication> ReceiversAsync(ConcurrentDictionary<long, long> arrived)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        var app = builder.Build();
        app.MapPost("/quick", async (HttpContext http) =>
        {
            using var body = await JsonDocument.ParseAsync(http.Request.Body);
            arrived[body.RootElement.GetProperty("data").GetProperty("property_id").GetInt64()] = Stopwatch.GetTimestamp();
        });
        app.MapPost("/never", (HttpContext http) => Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, http.RequestAborted));
        await app.StartAsync();
        return app;
    }

    private static async Task UntilAsync(Func<Task<bool>> holds)
    {
        while (!await holds()) await Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System, CancellationToken.None);
    }

    private static TimeSpan Median(List<TimeSpan> times) => times.Order().ElementAt(times.Count / 2);
}
