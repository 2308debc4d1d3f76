using RealEstateOs.ApiTests.Campaigns;
using RealEstateOs.ApiTests.Messaging;

namespace RealEstateOs.Bench.Outreach;

/// <summary>A campaign from the request to <c>completed</c>, with sender and sink on the same machine.</summary>
internal static class CampaignBench
{
    private const string Content = "<p>Dear {{first_name}},</p><p>we have homes in your range: "
        + "<a href=\"https://example.com/homes\">see them</a>.</p><p>{{company_name}}</p>";

    public static async Task RunAsync(int recipients)
    {
        await using var sink = new SmtpSink();
        await using var host = await BenchHost.StartAsync(_ => { }, ("Mail:Transport", "smtp"), ("Smtp:Host", "127.0.0.1"),
            ("Smtp:Port", $"{sink.Port}"));
        await LeadCrowd.InsertAsync(host.Addresses.SystemConnectionString, host.Organization.Value, recipients);
        var campaign = (await host.SendAsync(HttpMethod.Post, "/campaigns",
            new { name = "Bench", campaign_type = "email", subject = "For {{first_name}}", content = Content })).GetProperty("id")
            .GetInt64();
        using var meters = new Meters();
        await host.SendAsync(HttpMethod.Post, $"/campaigns/{campaign}/send", new { });
        TimeSpan? firstMail = null;
        while (sink.Mails.Count(LeadCrowd.Has) < recipients)
        {
            if (firstMail is null && sink.Mails.Any(LeadCrowd.Has)) firstMail = meters.Elapsed;
            await Task.Delay(firstMail is null ? 5 : 100);
        }
        var (sent, statements, processor) = (meters.Elapsed, meters.Statements, meters.Processor);
        while ((await host.SendAsync(HttpMethod.Get, $"/campaigns/{campaign}")).GetProperty("status").GetString() != "completed")
            await Task.Delay(100);
        var distinct = sink.Mails.Where(LeadCrowd.Has).Select(m => m.Recipient).Distinct().Count();
        Console.WriteLine($"{recipients:N0} recipients, {distinct:N0} distinct mails at the sink, {sink.Connections:N0} connections:");
        Console.WriteLine($"  first mail after                   {firstMail?.TotalSeconds,8:F2} s");
        Console.WriteLine(
            $"  last mail after                    {sent.TotalSeconds,8:F2} s   ({recipients / sent.TotalSeconds:N0} mails/s)");
        Console.WriteLine($"  campaign completed after           {meters.Elapsed.TotalSeconds,8:F2} s");
        Console.WriteLine($"  statements to PostgreSQL           {(double)statements / recipients,8:F2} for each mail");
        Console.WriteLine($"  processor time of host and sink    {processor.TotalMilliseconds / recipients,8:F2} ms for each mail");
    }
}
