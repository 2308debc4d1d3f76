using System.Collections.Frozen;
using System.Text.Json;

namespace RealEstateOs.Platform.Jobs;

/// <summary>
/// A kind of job: its name, its queue, how many may run at once on a host, how often it is tried, how long a run may take.
/// </summary>
public sealed record JobKind(string Name, string Queue, int Concurrency, int MaxAttempts, TimeSpan Timeout, Type Input)
{
    internal Func<IServiceProvider, JsonElement, JobContext, CancellationToken, Task<object?>> Run { get; init; } = default!;

    /// <summary>Is the end of such a job told on the live stream? Not where thousands end a minute (mails).</summary>
    public bool Announced { get; init; } = true;

    /// <summary>Does somebody wait for such a job? Then the others give way to it.</summary>
    public bool Awaited { get; init; }

    /// <summary>Who else than the asker may read how such a job goes, and whoever reads what came of it.</summary>
    public string Permission { get; init; } = DefaultPermission;

    /// <summary>Completes the stored result for its asker when it is read, as with links that expire; others don't get it.</summary>
    internal Func<IServiceProvider, JsonElement, object>? Show { get; init; }

    internal const string DefaultPermission = "operations:read";

    /// <summary>Set for kinds that recur.</summary>
    public string? Cron { get; init; }

    /// <summary>How many places of a host are kept free for organizations that hold none of them: of three and more, one.</summary>
    internal int KeptFree => Concurrency > 2 ? 1 : 0;
}

/// <summary>All kinds there are.</summary>
public sealed class JobKinds(IEnumerable<JobKind> kinds)
{
    private const int Shared = 3; // kinds that run one at a time (cleanups, sweeps) share so many workers

    private readonly FrozenDictionary<string, JobKind> byName = kinds.ToFrozenDictionary(k => k.Name);

    public IReadOnlyCollection<JobKind> All => byName.Values;

    /// <summary>The queues, and how many workers a host has for each.</summary>
    internal IReadOnlyList<(string Name, int Workers)> Queues =>
        [.. byName.Values.GroupBy(k => Valid(k.Queue), (name, of) => (name, Workers(of.Select(k => k.Concurrency).ToList())))
            .OrderBy(q => q.name, StringComparer.Ordinal)];

    public JobKind? Find(string name) => byName.GetValueOrDefault(name);

    /// <summary>Who may read the status of any job of this kind; of one that is gone, operators.</summary>
    public string PermissionOf(string? name) => (name is null ? null : Find(name))?.Permission ?? JobKind.DefaultPermission;

    internal JobKind Require(string name, Type input)
    {
        var kind = Find(name) ?? throw new InvalidOperationException($"There is no job '{name}': register it with AddJob.");
        return kind.Input == input ? kind
            : throw new InvalidOperationException($"A job '{name}' takes {kind.Input.Name}, not {input.Name}.");
    }

    private static string Valid(string queue) =>
        queue.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c is '_' or '-') ? queue
            : throw new InvalidOperationException($"'{queue}' is no name of a queue: lowercase letters, digits, _ and - are.");

    private static int Workers(List<int> concurrency) => Math.Max(concurrency.Max(), Math.Min(Shared, concurrency.Sum()));
}
