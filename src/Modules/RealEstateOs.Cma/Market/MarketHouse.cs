using System.Collections.Concurrent;
using Microsoft.Extensions.Options;
using RealEstateOs.Platform.Problems;

namespace RealEstateOs.Cma.Market;

/// <summary>Holds the current version of each market for the requests of this host.</summary>
internal sealed class MarketHouse(IOptions<MarketOptions> options, TimeProvider clock)
{
    private readonly ConcurrentDictionary<string, LoadedMarket> markets = new(StringComparer.Ordinal);
    private TaskCompletionSource arrival = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public IReadOnlyCollection<LoadedMarket> All => [.. markets.Values];

    public LoadedMarket? Find(string market) => markets.GetValueOrDefault(market);

    public void Put(LoadedMarket market)
    {
        markets[market.Code] = market;
        Interlocked.Exchange(ref arrival, new(TaskCreationOptions.RunContinuationsAsynchronously)).SetResult();
    }

    /// <summary>
    /// The market asked for, or the installation's own. Right after a start it is waited for; then it is a 503 that says when to come back.
    /// </summary>
    public async Task<LoadedMarket> GetAsync(string? market, CancellationToken ct, string member = "market")
    {
        var code = market ?? options.Value.Market;
        var started = clock.GetTimestamp();
        while (true)
        {
            var next = arrival.Task;
            if (markets.TryGetValue(code, out var found)) return found;
            if (Unknown(market, member) is { } error) throw Problem.Invalid(error);
            var left = options.Value.PatienceAtStart - clock.GetElapsedTime(started);
            if (left <= TimeSpan.Zero) throw NotReady();
            try
            {
                await next.WaitAsync(left, clock, ct);
            }
            catch (TimeoutException)
            {
                throw NotReady();
            }
        }
    }

    /// <summary>What is wrong with a market's name; null where nothing is, or where no market is loaded yet.</summary>
    public FieldError? Unknown(string? market, string member = "market") =>
        market is null || markets.IsEmpty || markets.ContainsKey(market) ? null
            : FieldError.Format(member, $"must be one of {string.Join(", ", markets.Keys.Order())}");

    private static Problem NotReady() =>
        new(503, ErrorCodes.Unavailable, "ExternalServiceError",
            "The market is being learned from its sales, or has none yet. Try again in a moment.") { RetryAfter =
                TimeSpan.FromSeconds(10) };
}
