using RealEstateOs.Contracts.Auth;
using RealEstateOs.Contracts.Jobs;
using RealEstateOs.Platform.Persistence;

namespace RealEstateOs.Platform.Jobs;

/// <summary>What a running job knows about itself, and how it tells how far it is.</summary>
public sealed class JobContext
{
    private static readonly TimeSpan BetweenReports = TimeSpan.FromMilliseconds(300);

    private readonly ClaimedJob job;
    private readonly JobKind kind;
    private readonly JobStore store;
    private readonly Foreground foreground;
    private readonly TimeProvider clock;
    private long pieceBegan;
    private long? reportedAt;
    private string? reportedStep;

    internal JobContext(ClaimedJob job, JobKind kind, JobStore store, Foreground foreground, TimeProvider clock) =>
        (this.job, this.kind, this.store, this.foreground, this.clock, pieceBegan) = (job, kind, store, foreground, clock,
            clock.GetTimestamp());

    public JobId Id => job.Id;

    /// <summary>Whose job it is; null for work of the installation.</summary>
    public OrganizationId? Organization => job.Organization;

    public UserId? CreatedBy => job.CreatedBy;

    public string? Resource => job.Resource;

    /// <summary>1 for the first run.</summary>
    public int Attempt => job.Attempt;

    /// <summary>Goes to the dead letters if this run fails.</summary>
    public bool IsLastAttempt => job.Attempt >= kind.MaxAttempts;

    /// <summary>What the run's commits are checked by.</summary>
    internal int Run => job.Run;

    internal bool Completed { get; private set; }

    /// <summary>
    /// Between two pieces of the work: gives way, and writes the progress (0–100) and the step, committed at once; reports in quick
    /// succession are skipped unless the step is new.
    /// </summary>
    public async Task ReportAsync(int progress, string? step, CancellationToken ct)
    {
        await GiveWayAsync(clock.GetElapsedTime(pieceBegan), ct);
        var newStep = step is not null && step != reportedStep;
        if (!newStep && reportedAt is { } last && clock.GetElapsedTime(last) < BetweenReports) return;
        (reportedAt, reportedStep) = (clock.GetTimestamp(), step ?? reportedStep);
        await store.ReportAsync(job, progress, step, ct);
    }

    /// <summary>For pieces smaller than a report is worth: lets go first what somebody waits for, if nobody waits for this job.</summary>
    /// <remarks>For the shortest while: such a piece is mostly a wait for another server, which takes nothing from anybody.</remarks>
    public ValueTask GiveWayAsync(CancellationToken ct) => GiveWayAsync(TimeSpan.Zero, ct);

    private async ValueTask GiveWayAsync(TimeSpan piece, CancellationToken ct)
    {
        if (!kind.Awaited) await foreground.GiveWayAsync(piece, ct);
        pieceBegan = clock.GetTimestamp();
    }

    /// <summary>
    /// Completes the job in the transaction that is committed next (the next SaveChanges, or CommitAsync), so that a crash can't
    /// fall between the effect and its record. If the job was taken away meanwhile, the commit fails and the effect with it.
    /// </summary>
    public void CompleteWithNextCommit(UnitOfWork work, Func<object?> result)
    {
        work.BeforeCommit(ct => JobStore.CompleteAsync(work.Connection, work.Transaction, job, kind, result(), ct));
        work.AfterCommit(_ =>
        {
            Completed = true;
            OutboxSignal.Raise();
            return Task.CompletedTask;
        });
    }
}
