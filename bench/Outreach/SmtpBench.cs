using System.Diagnostics;
using RealEstateOs.ApiTests.Messaging;
using RealEstateOs.Platform.Messaging;

namespace RealEstateOs.Bench.Outreach;

/// <summary>
/// The SMTP transport alone, eight mails at a time, in turns over kept connections and over one connection for each mail.
/// </summary>
internal static class SmtpBench
{
    private const int Rounds = 4, AtOnce = 8;

    public static async Task RunAsync(int count)
    {
        await using var sink = new SmtpSink();
        await RoundAsync(sink, 100, 200); // warm
        await RoundAsync(sink, 1, 200);
        var (kept, single) = (TimeSpan.Zero, TimeSpan.Zero);
        for (var round = 0; round < Rounds; round++)
        {
            kept += await RoundAsync(sink, 100, count);
            single += await RoundAsync(sink, 1, count);
        }
        var all = Rounds * count;
        Console.WriteLine($"{all:N0} mails each way, {AtOnce} at a time, no TLS, loopback:");
        Console.WriteLine($"  kept connections (100 mails each)  {all / kept.TotalSeconds,8:N0} mails/s");
        Console.WriteLine($"  a connection for each mail         {all / single.TotalSeconds,8:N0} mails/s");
        Console.WriteLine($"  ratio                              {single / kept,8:F2}");
    }

    private static async Task<TimeSpan> RoundAsync(SmtpSink sink, int mailsPerConnection, int count)
    {
        var settings = new MailSettings { SmtpHost = "127.0.0.1", SmtpPort = sink.Port, SmtpMailsPerConnection = mailsPerConnection };
        await using var connections = new SmtpConnections(settings, TimeProvider.System);
        var transport = new SmtpTransport(settings, connections);
        var before = sink.Mails.Count;
        var clock = Stopwatch.StartNew();
        await Parallel.ForAsync(0, count, new ParallelOptions { MaxDegreeOfParallelism = AtOnce }, async (i, ct) =>
            await transport.SendAsync(new OutgoingMail(i, $"<{before + i}@example.com>",
                new Mail($"r{i}@example.com", "Hello", "Dear reader") { Html = "<p>Dear reader</p>" }, DateTimeOffset.UnixEpoch), ct));
        var took = clock.Elapsed;
        return sink.Mails.Count - before == count ? took : throw new InvalidOperationException("The sink did not get them all.");
    }
}
