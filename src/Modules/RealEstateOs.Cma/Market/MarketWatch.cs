using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using RealEstateOs.Platform.Jobs;
using RealEstateOs.Valuation.Engine;

namespace RealEstateOs.Cma.Market;

/// <summary>
/// Keeps this host's markets current, beside the start: loads the sample on an empty database, has a first model trained, and
/// takes up each newer version, whichever host trained it.
/// </summary>
internal sealed class MarketWatch(
    MarketStore store, MarketTraining training, MarketHouse house, IServiceScopeFactory scopes, IHostEnvironment environment,
    IOptions<MarketOptions> options, TimeProvider clock,
    ILogger<MarketWatch> log) : BackgroundService
{
    private bool awaitsFirst; // a model that is on its way

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield(); // the host starts its other services meanwhile
        var prepared = false;
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                if (!prepared) await PrepareAsync(stoppingToken);
                prepared = true;
                await RefreshAsync(stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception exception)
            {
                log.LogWarning(exception, "The markets can't be refreshed at the moment");
            }
            await Task.Delay(awaitsFirst && house.All.Count == 0 ? TimeSpan.FromMilliseconds(500) : options.Value.Poll, clock,
                stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>Takes up what is newer than what is held.</summary>
    public async Task RefreshAsync(CancellationToken ct)
    {
        foreach (var (market, version) in await store.NewestModelsAsync(ct))
            if (house.Find(market)?.ModelId != version && await LoadAsync(market, ct) is { } loaded)
                house.Put(loaded);
    }

    private async Task PrepareAsync(CancellationToken ct)
    {
        if (options.Value.SampleMarket ?? environment.IsDevelopment()) await training.EnsureSampleAsync(ct);
        var markets = await store.StatesAsync(ct);
        awaitsFirst = markets.Count > 0;
        if (markets.All(s => s.ModelId is not null)) return;
        await AskForTrainingAsync(ct);
    }

    private async Task AskForTrainingAsync(CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<JobQueue>().EnqueueForInstallationAsync(TrainMarkets.Kind, new NoInput(), ct,
            uniqueKey: "recurring");
    }

    private async Task<LoadedMarket?> LoadAsync(string market, CancellationToken ct)
    {
        if (await store.ModelAsync(market, ct) is not { } model) return null;
        var today = DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime);
        var since = today.AddMonths(-options.Value.HistoryMonths);
        var sample = model.Label == "sample";
        try
        {
            var sales = await store.SalesAsync(market, sample, since, ct);
            var engine = await Task.Run(() => ValuationEngine.Load(model.Bytes, sales, today), ct);
            return new(market, model, engine, sales, await store.RentsAsync(market, sample, since, today, ct));
        }
        catch (Exception exception) when (exception is InvalidDataException or InsufficientSalesException)
        {
            // A model of another version of the program: it goes, and a new one is trained.
            log.LogWarning("The model of {Market} does not serve here: {Reason}", market, exception.Message);
            await store.RemoveModelAsync(model.Id, ct);
            await AskForTrainingAsync(ct);
            return null;
        }
    }
}
