using System.Diagnostics;
using System.Text;
using RealEstateOs.ApiTests.Campaigns;
using RealEstateOs.ApiTests.Messaging;
using RealEstateOs.Bench.Outreach;

namespace RealEstateOs.Bench.Events;

/// <summary>The worst day: a campaign, an import and everybody at work, and how late events come then.</summary>
internal static class TogetherBench
{
    private const int Connections = 16;

    public static async Task RunAsync(int recipients, int rows)
    {
        await using var sink = new SmtpSink();
        await using var host = await EventHost.StartAsync(("Mail:Transport", "smtp"), ("Smtp:Host", "127.0.0.1"),
            ("Smtp:Port", $"{sink.Port}"));
        await LeadCrowd.InsertAsync(host.Host.Addresses.SystemConnectionString, host.Host.Organization.Value, recipients);
        var campaign = (await host.Host.SendAsync(HttpMethod.Post, "/campaigns", new
        {
            name = "Bench", campaign_type = "email", subject = "For {{first_name}}",
            content = "<p>Dear {{first_name}}, {{company_name}}</p>",
        })).GetProperty("id").GetInt64();
        var head = await EventLags.HeadAsync(host.Host);
        var clock = Stopwatch.StartNew();
        await host.Host.SendAsync(HttpMethod.Post, $"/campaigns/{campaign}/send", new { });
        var import = await UploadAsync(host.Host, rows);
        var (changed, seconds) = (0L, 0.0);
        TimeSpan? sent = null, imported = null;
        while (sent is null || imported is null)
        {
            var measured = await host.ChangeAsync(Connections, TimeSpan.FromSeconds(5));
            (changed, seconds) = (changed + measured.Requests - measured.Failed, seconds + 5);
            if (sent is null && await StatusAsync(host.Host, $"/campaigns/{campaign}") == "completed") sent = clock.Elapsed;
            if (imported is null && await StatusAsync(host.Host, $"/data/imports/{import}") is "completed") imported = clock.Elapsed;
        }
        Console.WriteLine(
            $"A campaign to {recipients:N0} in {sent.Value.TotalSeconds:N0} s ({sink.Mails.Count(LeadCrowd.Has):N0} mails), an import of "
            + $"{rows:N0} rows in {imported.Value.TotalSeconds:N0} s, beside {changed / seconds:N0} changes a second.");
        await EventLags.PrintAsync(host.Host, head, host.Handler, host.Stream);
    }

    private static async Task<string?> StatusAsync(BenchHost host, string path) =>
        (await host.SendAsync(HttpMethod.Get, path)).GetProperty("status").GetString();

    private static async Task<string> UploadAsync(BenchHost host, int rows)
    {
        var text = new StringBuilder("address,city,property_type,price,bedrooms\n");
        for (var i = 0; i < rows; i++) text.Append($"{i} Import Street,Austin,villa,{100_000 + i},3\n");
        using var form = new MultipartFormDataContent
        {
            { new ByteArrayContent(Encoding.UTF8.GetBytes(text.ToString())), "file", "homes.csv" },
            { new StringContent("properties"), "entity" },
        };
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/data/import") { Content = form };
        using var answer = await host.Client.SendAsync(request);
        answer.EnsureSuccessStatusCode();
        using var document = System.Text.Json.JsonDocument.Parse(await answer.Content.ReadAsStringAsync());
        return document.RootElement.GetProperty("id").ToString();
    }
}
