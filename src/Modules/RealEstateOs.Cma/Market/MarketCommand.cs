using System.Globalization;
using RealEstateOs.Contracts.Measures;
using RealEstateOs.Valuation.MarketData;

namespace RealEstateOs.Cma.Market;

/// <summary>What an operator does with markets from a shell: bring in published files, learn from them, see what is there.</summary>
internal sealed class MarketCommand(MarketImport import, MarketTraining training, MarketStore store, TimeProvider clock, TextWriter output)
{
    public const string Usage =
        """
        market import FILE… [--market NAME --currency CODE]   brings in sales and rents, then learns from them; the options are for
                                                              files in a layout of your own
                            [--decimal comma|point]           what stands before the fraction: without it a row whose figures could
                                                              be meant in two ways is refused
                            [--dates day-first|month-first]   which part of 03/04/2026 comes first: the same
        market status                                         what there is
        """;

    private const int ShownRefusals = 10;
    private static readonly TimeSpan BetweenSigns = TimeSpan.FromSeconds(10);

    /// <summary>The exit code: 0 done, 1 failed, 2 not understood.</summary>
    public async Task<int> RunAsync(string[] words, CancellationToken ct)
    {
        switch (words)
        {
            case ["status"]:
                await StatusAsync(ct);
                return 0;
            case ["import", .. var rest] when Read(rest) is { } asked:
                return await ImportAsync(asked, ct);
            default:
                await output.WriteLineAsync(Usage);
                return 2;
        }
    }

    private static Asked? Read(string[] words)
    {
        var (files, market, currency, decimals, dates) = (new List<string>(), "generic", "USD", DecimalMark.Unsaid, DateParts.Unsaid);
        for (var at = 0; at < words.Length; at++)
        {
            if (words[at] is not ("--market" or "--currency" or "--decimal" or "--dates")) files.Add(words[at]);
            else if (at + 1 == words.Length) return null;
            else if (words[at] == "--market") market = words[++at].ToLowerInvariant();
            else if (words[at] == "--currency") currency = words[++at].ToUpperInvariant();
            else if (words[at] == "--decimal" && words[at + 1] is "comma" or "point")
                decimals = words[++at] == "comma" ? DecimalMark.Comma : DecimalMark.Point;
            else if (words[at] == "--dates" && words[at + 1] is "day-first" or "month-first")
                dates = words[++at] == "day-first" ? DateParts.DayFirst : DateParts.MonthFirst;
            else return null;
        }
        return files.Count > 0 && !files.Any(f => f.StartsWith('-')) && market.Length is > 0 and <= 50 && Currencies.IsKnown(currency)
            ? new([.. files], market, currency, decimals, dates) : null;
    }

    private async Task<int> ImportAsync(Asked asked, CancellationToken ct)
    {
        foreach (var missing in asked.Files.Where(f => !File.Exists(f)).Take(1))
        {
            await output.WriteLineAsync($"{missing}: there is no such file.");
            return 1;
        }
        foreach (var path in asked.Files)
        {
            var started = clock.GetTimestamp();
            var report = await OneAsync(path, asked, ct);
            await SayAsync(path, report, clock.GetElapsedTime(started));
            if (report.RowsRead == report.Refused) return 1;
        }
        foreach (var trained in await LearnAsync(ct)) await SayAsync(trained);
        await StatusAsync(ct);
        return 0;
    }

    /// <summary>A million sales take some minutes: meanwhile one sees that it goes on.</summary>
    private async Task<List<TrainedMarket>> LearnAsync(CancellationToken ct)
    {
        var started = clock.GetTimestamp();
        var learning = training.RunAsync((_, step) => output.WriteLineAsync($"{step} …"), ct);
        while (await Task.WhenAny(learning, Task.Delay(BetweenSigns, clock, ct)) != learning)
            await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture,
                $"  {clock.GetElapsedTime(started).TotalSeconds:0} s"));
        return await learning;
    }

    private Task SayAsync(TrainedMarket t) => output.WriteLineAsync(t.Summary is { } learned
        ? string.Create(CultureInfo.InvariantCulture,
            $"{t.Market}: version {t.Version} learned from {learned.Sales:N0} sales in {t.Seconds:0.0} s")
            + (t.BulkRepeats > 0 ? $"; {Number(t.BulkRepeats)} homes of block deals stand aside for the first of each" : "")
            + ". Running hosts take it up within seconds."
        : $"{t.Market}: no new sales to learn from; running hosts take up what else is new within seconds, as version {t.Version}.");

    private async Task<ImportReport> OneAsync(string path, Asked asked, CancellationToken ct)
    {
        await using var file = File.OpenRead(path);
        var name = Path.GetFileName(path);
        if (MarketFile.IsRents(await MarketFile.FirstLineAsync(file, ct))) return await import.RentsAsync(file, name, ProgressAsync, ct);
        var options = new SaleFileOptions { Today = DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime), Market = asked.Market,
            Currency = asked.Currency, Decimals = asked.Decimals, Dates = asked.Dates };
        return await import.SalesAsync(await MarketFile.OpenAsync(file, ct), name, options, ProgressAsync, ct);
    }

    private Task ProgressAsync(ImportReport report) => output.WriteLineAsync($"  {Number(report.RowsRead)} rows read");

    private async Task SayAsync(string path, ImportReport report, TimeSpan took)
    {
        await output.WriteLineAsync($"{Path.GetFileName(path)}: {Number(report.RowsRead)} rows in {took.TotalSeconds:0.0} s: "
            + $"{Number(report.Inserted)} new, {Number(report.Updated)} known already, {Number(report.Duplicates)} twice in the file, "
            + $"{Number(report.Refused)} refused");
        foreach (var (reason, rows) in report.SetAside) await output.WriteLineAsync(
            $"  set aside, no comparable: {Number(rows)} ({reason.Replace('_', ' ')})");
        foreach (var refusal in report.Refusals.Take(ShownRefusals))
            await output.WriteLineAsync($"  line {refusal.Line}: {refusal.Reason}");
        if (report.Refused > ShownRefusals)
            await output.WriteLineAsync($"  … {Number(report.Refused - ShownRefusals)} more; "
                + $"the first {MarketImport.KeptRefusals} are kept in market.imports, number {report.Id}");
    }

    private async Task StatusAsync(CancellationToken ct)
    {
        foreach (var state in await store.StatesAsync(ct))
            await output.WriteLineAsync(
                $"{state.Market}: {Number(state.RealSales)} registered sales, {Number(state.SampleSales)} invented ones; "
                + $"answers stand on {(state.IsSample ? "the invented ones (sample)" : "registered ones")}; "
                + (state.ModelId is { } version ? $"version {version} of {state.TrainedAt:yyyy-MM-dd HH:mm} UTC" : "not learned yet"));
    }

    private static string Number(long value) => value.ToString("N0", CultureInfo.InvariantCulture);

    private sealed record Asked(string[] Files, string Market, string Currency, DecimalMark Decimals, DateParts Dates);
}
