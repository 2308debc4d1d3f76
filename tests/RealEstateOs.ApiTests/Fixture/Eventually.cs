using System.Diagnostics;

namespace RealEstateOs.ApiTests.Fixture;

/// <summary>Waits for a state. The bound is far beyond what a busy machine takes: it only ends a test that would never end.</summary>
internal static class Eventually
{
    public static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    /// <summary>Reads until what is read is as it shall be, and answers it.</summary>
    public static async Task<T> UntilAsync<T>(Func<Task<T>> read, Func<T, bool> done, TimeSpan? patience = null)
    {
        for (var waited = Stopwatch.StartNew(); ; await Task.Delay(Pause, TestContext.Current.CancellationToken))
        {
            var seen = await read();
            if (done(seen)) return seen;
            Assert.True(waited.Elapsed < (patience ?? Patience), $"Still {seen}");
        }
    }

    public static Task UntilAsync(Func<Task<bool>> holds) => UntilAsync(holds, held => held);

    public static Task UntilAsync(Func<bool> holds) => UntilAsync(() => Task.FromResult(holds()));

    /// <summary>Cancelled after the bound, or with the test.</summary>
    public static CancellationTokenSource Limit()
    {
        var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(Patience);
        return limit;
    }
}
