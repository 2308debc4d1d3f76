using System.Collections.Frozen;
using System.Text.Json;

namespace RealEstateOs.Platform.Jobs;

/// <summary>A kind of job: its name, its queue, how many may run at once on a host, how often it is tried, how long a run may take.</summary>
public sealed record JobKind(string Name, string Queue, int Concurrency, int MaxAttempts, TimeSpan Timeout, Type Input)
{
    internal Func<IServiceProvider, JsonElement, JobContext, CancellationToken, Task<object?>> Run { get; init; } = default!;

    /// <summary>Is the end of such a job told on the live stream? Not where thousands end a minute (mails).</summary>
    public bool Announced { get; init; } = true;

    /// <summary>Who else than the asker may read how such a job goes, and whoever reads what came of it.</summary>
    public string Permission { get; init; } = DefaultPermission;

    /// <summary>Completes the stored result for its asker when it is read, as with links that expire; others don't get it.</summary>
    internal Func<IServiceProvider, JsonElement, object>? Show { get; init; }

    internal const string DefaultPermission = "operations:read";

    /// <summary>Set for kinds that recur.</summary>
    public string? Cron { get; init; }
}

/// <summary>All kinds there are.</summary>
public sealed class JobKinds(IEnumerable<JobKind> kinds)
{
    private readonly FrozenDictionary<string, JobKind> byName = kinds.ToFrozenDictionary(k => k.Name);

    public IReadOnlyCollection<JobKind> All => byName.Values;

    public JobKind? Find(string name) => byName.GetValueOrDefault(name);

    /// <summary>Who may read the status of any job of this kind; of one that is gone, operators.</summary>
    public string PermissionOf(string? name) => (name is null ? null : Find(name))?.Permission ?? JobKind.DefaultPermission;

    internal JobKind Require(string name, Type input)
    {
        var kind = Find(name) ?? throw new InvalidOperationException($"There is no job '{name}': register it with AddJob.");
        return kind.Input == input ? kind : throw new InvalidOperationException($"A job '{name}' takes {kind.Input.Name}, not {input.Name}.");
    }
}
