using System.Globalization;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using RealEstateOs.Platform.Jobs;
using RealEstateOs.Valuation.Engine;
using RealEstateOs.Valuation.MarketData;

namespace RealEstateOs.Cma.Market;

/// <summary>
/// Learns each market anew from its sales: every night, and after an import. Hosts take up the new version by themselves.
/// </summary>
internal sealed class TrainMarkets(MarketTraining training) : IRecurringJob
{
    public const string Kind = "market.train";

    public async Task<object?> RunAsync(JobContext context, CancellationToken ct)
    {
        var trained = await training.RunAsync((percent, step) => context.ReportAsync(percent, step, ct), ct);
        return new { trained };
    }
}

internal sealed class MarketTraining(MarketStore store, MarketImport import, IOptions<MarketOptions> options, TimeProvider clock,
    ILogger<MarketTraining> log)
{
    private static readonly TimeSpan Fresh = TimeSpan.FromHours(20);

    // An invented market needs no fine model, but a first start should have one within seconds.
    private static readonly TrainingOptions Light = new() { Forests = 1, MaxTrainingRows = 5_000,
        Boosting = new() { Trees = 100, LearningRate = 0.1, Leaves = 15 } };

    /// <summary>Trains the markets whose model is older than a day or than their sales; rents alone are only taken up.</summary>
    public async Task<List<TrainedMarket>> RunAsync(Func<int, string, Task>? progress, CancellationToken ct)
    {
        await RenewSampleAsync(ct);
        var trained = new List<TrainedMarket>();
        var due = (await store.StatesAsync(ct)).Where(
            s => s.ModelId is null || s.LastImport != s.ModelImport || clock.GetUtcNow() - s.TrainedAt > Fresh).ToList();
        for (var i = 0; i < due.Count; i++)
        {
            if (!IsForSales(due[i]))
            {
                trained.Add(new(due[i].Market, await store.AddModelAgainAsync(due[i], ct), null, 0, 0));
                continue;
            }
            if (progress is not null)
                await progress(i * 100 / due.Count, string.Create(CultureInfo.InvariantCulture,
                    $"Learning from {(due[i].IsSample ? due[i].SampleSales : due[i].RealSales):N0} sales of {due[i].Market}")
                    + (due[i].TrainedIn is { } took ? string.Create(CultureInfo.InvariantCulture,
                        $"; the last time that took {took.TotalSeconds:0} s") : ""));
            if (await TrainAsync(due[i], ct) is { } done) trained.Add(done);
        }
        return trained;
    }

    private bool IsForSales(MarketState state) =>
        state.ModelImport is null || state.LastSalesImport > state.ModelImport || clock.GetUtcNow() - state.TrainedAt > Fresh;

    public async Task<TrainedMarket?> TrainAsync(MarketState state, CancellationToken ct)
    {
        var started = clock.GetTimestamp();
        var today = Today;
        var sales = await store.SalesAsync(state.Market, state.IsSample, today.AddMonths(-options.Value.HistoryMonths), ct);
        try
        {
            var engine = await Task.Run(() => ValuationEngine.Train(sales, today, state.IsSample ? Light : null, ct), ct);
            var took = clock.GetElapsedTime(started);
            var id = await store.AddModelAsync(state, engine, took, ct);
            log.LogInformation("Learned the market {Market} from {Sales} sales in {Seconds:0.0} s", state.Market, engine.Summary.Sales,
                took.TotalSeconds);
            return new(state.Market, id, engine.Summary, Math.Round(took.TotalSeconds, 1),
                sales.Count(s => s.SetAside == SetAsideReason.BulkDeal));
        }
        catch (InsufficientSalesException exception)
        {
            log.LogInformation("The market {Market} can't be learned yet: {Found} sales of {Needed} needed", state.Market, exception.Found,
                exception.Needed);
            return null;
        }
    }

    /// <summary>Loads the invented market where there is nothing at all; an invented one that grew old is made anew up to today.</summary>
    public async Task<bool> EnsureSampleAsync(CancellationToken ct)
    {
        if (!await store.IsEmptyAsync(ct)) return false;
        await LoadSampleAsync(ct);
        return true;
    }

    private async Task RenewSampleAsync(CancellationToken ct)
    {
        var old = (await store.StatesAsync(ct)).Any(
            s => s is { IsSample: true, LastSampleSale: { } last } && Today.DayNumber - last.DayNumber > 30);
        if (old) await LoadSampleAsync(ct);
    }

    private Task LoadSampleAsync(CancellationToken ct) =>
        import.SampleAsync(SampleMarket.Sales(Today, options.Value.SampleSales), SampleMarket.Rents(Today, options.Value.SampleRents), ct);

    private DateOnly Today => DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime);
}

/// <param name="Summary">Null where there was nothing new to learn: only rents have come.</param>
/// <param name="BulkRepeats">Homes of block deals beyond the first, which stands for all.</param>
internal sealed record TrainedMarket(string Market, long Version, TrainingSummary? Summary, double Seconds, int BulkRepeats);
