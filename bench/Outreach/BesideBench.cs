using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;

namespace RealEstateOs.Bench.Outreach;

/// <summary>
/// This build and another one in turns, each in a process of its own: what a change of the jobs' machinery gained or cost.
/// </summary>
internal static partial class BesideBench
{
    private const int Rounds = 3;

    private static readonly (string Verb, string Line, Regex Rate)[] Rates =
    [
        ("jobs", "enqueue in one transaction, jobs/s", OneTransaction()), ("campaign", "campaign, mails/s", Mails()),
        ("jobs", "run jobs that do nothing, jobs/s", Run()),
    ];

    /// <param name="other">The other build's <c>RealEstateOs.Bench.Outreach.dll</c>.</param>
    /// <param name="count">Of jobs, and of recipients.</param>
    public static async Task RunAsync(string other, int count)
    {
        string[] builds = [other, typeof(BesideBench).Assembly.Location];
        var seen = builds.ToDictionary(build => build, _ => Rates.ToDictionary(r => r.Line, _ => new List<double>()));
        for (var round = 0; round < Rounds; round++)
            foreach (var verb in Rates.Select(r => r.Verb).Distinct())
                foreach (var build in round % 2 == 0 ? builds : builds.Reverse())
                {
                    var said = await SaidAsync(build, verb, count);
                    foreach (var (_, line, rate) in Rates.Where(r => r.Verb == verb))
                        seen[build][line].Add(double.Parse(rate.Match(said).Groups[1].Value, CultureInfo.InvariantCulture));
                }
        Console.WriteLine($"| {count:N0} of each, the best of {Rounds} turns | before | now | ratio |\n|---|---|---|---|");
        foreach (var (_, line, _) in Rates)
        {
            var (before, now) = (seen[builds[0]][line].Max(), seen[builds[1]][line].Max());
            Console.WriteLine($"| {line} | {before:N0} | {now:N0} | {now / before:F2} |");
        }
    }

    private static async Task<string> SaidAsync(string build, string verb, int count)
    {
        using var process = Process.Start(new ProcessStartInfo("dotnet", [build, verb, $"{count}"]) { RedirectStandardOutput = true })!;
        var said = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return process.ExitCode == 0 ? said : throw new InvalidOperationException($"{build} {verb} ended with {process.ExitCode}: {said}");
    }

    [GeneratedRegex(@"all in one transaction\s+([\d,]+) jobs/s")]
    private static partial Regex OneTransaction();

    [GeneratedRegex(@"last mail after.*\(([\d,]+) mails/s\)")]
    private static partial Regex Mails();

    [GeneratedRegex(@"\n  run\s+([\d,]+) jobs/s")]
    private static partial Regex Run();
}
