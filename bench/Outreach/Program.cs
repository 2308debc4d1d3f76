using System.Globalization;

namespace RealEstateOs.Bench.Outreach;

/// <summary>A class, because the name Program is the host's.</summary>
internal static class Entry
{
    private const string Usage =
        """
        Measures work in the background, on a private PostgreSQL that keeps what it promises (fsync on).
          jobs [10000]      enqueue jobs that do nothing, one by one and together; how soon they begin; what an idle host asks; run them
          kill [5]          how long after kill -9 of its host a job runs again elsewhere
          campaign [10000]  send a campaign to so many recipients into a mail server of our own
          beside DLL [10000]  jobs and campaign by this build and by another one's RealEstateOs.Bench.Outreach.dll, in turns
          neighbours [5000] what a webhook, a reset mail and a report wait beside two hostile organizations
          workflows [10000] steps beside bare jobs; a tenth as many executions that wait; so many finished ones behind their readers
          smtp [2000]       mails over kept connections and over one connection each
        """;

    private static async Task<int> Main(string[] args)
    {
        CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
        var count = args.Length > 1 && int.TryParse(args[^1], out var given) && given > 0 ? given : (int?)null;
        switch (args.FirstOrDefault())
        {
            case "jobs": await JobsBench.RunAsync(count ?? 10_000); return 0;
            case "kill": await KillBench.RunAsync(count ?? 5); return 0;
            case "host": await KillBench.HostAsync(); return 0; // of the one before
            case "campaign": await CampaignBench.RunAsync(count ?? 10_000); return 0;
            case "beside" when args.Length > 1: await BesideBench.RunAsync(Path.GetFullPath(args[1]), count ?? 10_000); return 0;
            case "neighbours": await NeighboursBench.RunAsync(count ?? 5_000); return 0;
            case "workflows": await WorkflowBench.RunAsync(count ?? 10_000); return 0;
            case "smtp": await SmtpBench.RunAsync(count ?? 2_000); return 0;
            default: await Console.Error.WriteLineAsync(Usage); return 2;
        }
    }
}
