using System.Linq.Expressions;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using RealEstateOs.Contracts.Auth;
using RealEstateOs.Contracts.Leads;
using RealEstateOs.Contracts.Outreach;
using RealEstateOs.Platform.Authorization;
using RealEstateOs.Platform.Http.Lists;
using RealEstateOs.Platform.Persistence;

namespace RealEstateOs.Outreach.Nurturing;

/// <summary><see cref="Held"/>: the sequence is paused. <see cref="Step"/> counts from 0 and is the step that comes next.</summary>
public record EnrollmentResponse
{
    public EnrollmentId Id { get; init; }
    public OrganizationId OrganizationId { get; init; }
    public SequenceId SequenceId { get; init; }
    public LeadId LeadId { get; init; }
    /// <summary>By hand, by a filter, or by the sequence's trigger.</summary>
    public EnrollmentSource Source { get; init; }
    public EnrollmentStatus Status { get; init; }
    /// <summary>The sequence is paused, so nothing goes on.</summary>
    public bool Held { get; init; }
    /// <summary>Which version of the sequence's steps this lead walks.</summary>
    public int StepsVersion { get; init; }
    /// <summary>The one that comes next, counted from 0.</summary>
    public int Step { get; init; }
    /// <summary>When the next step is due; null where there is none.</summary>
    public DateTimeOffset? NextRunAt { get; init; }
    /// <summary>Why it left before the end.</summary>
    public ExitReason? ExitReason { get; init; }
    /// <summary>When the lead came to the end or left; null while it walks.</summary>
    public DateTimeOffset? EndedAt { get; init; }
    public UserId? CreatedBy { get; init; }
    public DateTimeOffset CreatedAt { get; init; }

    internal static readonly Expression<Func<Enrollment, EnrollmentResponse>> Projection = e => new EnrollmentResponse
    {
        Id = e.Id, OrganizationId = e.OrganizationId, SequenceId = e.SequenceId, LeadId = e.LeadId, Source = e.Source, Status = e.Status,
        Held = e.Held, StepsVersion = e.StepsVersion,
        Step = e.Step, NextRunAt = e.NextRunAt, ExitReason = e.ExitReason, EndedAt = e.EndedAt, CreatedBy = e.CreatedBy,
        CreatedAt = e.CreatedAt,
    };

    internal static readonly Func<Enrollment, EnrollmentResponse> Of = Projection.Compile();
}

/// <summary>
/// A step that was done; <see cref="Branch"/> is what a condition found, <see cref="ActivityId"/> the task that it wrote.
/// </summary>
/// <param name="Step">Counted from 0, in the version that the lead walks.</param>
/// <param name="Reason">Why nothing was sent.</param>
/// <param name="Branch">What a condition found.</param>
/// <param name="Address">Whom a message went to.</param>
/// <param name="StepKey">Name of the step within its sequence.</param>
/// <param name="DoneAt">When the step was done.</param>
/// <param name="SentAt">Of a message: when it left.</param>
/// <param name="DeliveredAt">Of a message: when the recipient's side took it.</param>
/// <param name="OpenedAt">Of a mail: when a person first opened it.</param>
/// <param name="ClickedAt">Of a mail: when a person first followed a link.</param>
/// <param name="RepliedAt">Of a message: when it was first answered.</param>
/// <param name="BouncedAt">Of a message: when the recipient's side refused it.</param>
/// <param name="UnsubscribedAt">Of a message: when the person said that they want no more.</param>
public sealed record StepRunResponse(
    int Step, string StepKey, StepType Type, StepState State, string? Reason, bool? Branch, string? Address, LeadActivityId? ActivityId,
    DateTimeOffset DoneAt, DateTimeOffset? SentAt,
    DateTimeOffset? DeliveredAt, DateTimeOffset? OpenedAt, DateTimeOffset? ClickedAt, DateTimeOffset? RepliedAt, DateTimeOffset? BouncedAt,
    DateTimeOffset? UnsubscribedAt);

/// <param name="Steps">The steps that were done, the first first.</param>
public sealed record EnrollmentDetails(EnrollmentResponse Enrollment, IReadOnlyList<StepRunResponse> Steps);

internal static class EnrollmentRecords
{
    private static readonly ListSpec<Enrollment> Spec = new ListSpec<Enrollment>()
        .Is("sequence_id", e => e.SequenceId).Is("lead_id", e => e.LeadId).Is("status", e => e.Status).Is("exit_reason",
            e => e.ExitReason).Is("source", e => e.Source)
        .Range("created_at", e => e.CreatedAt).Range("ended_at", e => e.EndedAt)
        .Sort("created_at", e => e.CreatedAt)
        .By("-created_at");

    /// <summary>Who is or was in sequences, the latest first.</summary>
    public static Task<ListResult<EnrollmentResponse>> List(ListRequest list, OutreachDb db, CurrentUser user, CancellationToken ct) =>
        list.PageAsync(VisibleTo(db, db.Enrollments.AsNoTracking(), user, NurturingPermissions.Read), Spec, e => e.Id,
            EnrollmentResponse.Projection, ct);

    /// <summary>One enrollment with every step that was done.</summary>
    public static async Task<Results<Ok<EnrollmentDetails>, NotFound>> Get(EnrollmentId id, OutreachDb db, CurrentUser user,
        CancellationToken ct)
    {
        var found = await VisibleTo(db, db.Enrollments.AsNoTracking(), user, NurturingPermissions.Read).Where(e => e.Id == id)
            .Select(EnrollmentResponse.Projection).FirstOrDefaultAsync(ct);
        if (found is null) return TypedResults.NotFound();
        return TypedResults.Ok(new EnrollmentDetails(found,
            await db.StepRuns.AsNoTracking().Where(r => r.EnrollmentId == id).OrderBy(r => r.Step).Select(r => new StepRunResponse(
                r.Step, r.StepKey, r.Type, r.State, r.Reason, r.Branch, r.Address, r.ActivityId, r.CreatedAt, r.SentAt, r.DeliveredAt,
                r.OpenedAt, r.ClickedAt, r.RepliedAt, r.BouncedAt,
                r.UnsubscribedAt)).ToListAsync(ct)));
    }

    /// <summary>Pauses one lead's way through the sequence, or resumes it.</summary>
    public static async Task<Results<Ok<EnrollmentResponse>, NotFound>> Pause(EnrollmentId id, PauseRequest request, OutreachDb db,
        CurrentUser user, Enrolling enrolling, CancellationToken ct)
    {
        if (await LockAsync(db, id, user, ct) is not { } enrollment) return TypedResults.NotFound();
        var resume = request.Action == PauseAction.Resume;
        if (enrollment.Status == (resume ? EnrollmentStatus.Active : EnrollmentStatus.Paused))
            return TypedResults.Ok(EnrollmentResponse.Of(enrollment));
        if (resume) enrollment.Resume();
        else enrollment.Pause();
        await db.SaveChangesAsync(ct);
        if (resume) await enrolling.WakeAsync(ct);
        return TypedResults.Ok(EnrollmentResponse.Of(enrollment));
    }

    /// <summary>Takes the lead out of the sequence; what waits to be sent will not be.</summary>
    public static async Task<Results<Ok<EnrollmentResponse>, NotFound>> Exit(EnrollmentId id, OutreachDb db, CurrentUser user,
        TimeProvider clock, CancellationToken ct)
    {
        if (await LockAsync(db, id, user, ct) is not { } enrollment) return TypedResults.NotFound();
        enrollment.Exit(Contracts.Outreach.ExitReason.Manual, clock.Now());
        var by = enrollment.CreatedBy;
        db.Raise(() => new LeadLeftSequence(enrollment.SequenceId, enrollment.Id, enrollment.LeadId, enrollment.Status,
            enrollment.ExitReason, by));
        await db.SaveChangesAsync(ct);
        return TypedResults.Ok(EnrollmentResponse.Of(enrollment));
    }

    // The row is locked before it is read: the runner may be moving it.
    private static Task<Enrollment?> LockAsync(OutreachDb db, EnrollmentId id, CurrentUser user, CancellationToken ct) => VisibleTo(
        db, db.Enrollments.FromSql($"select * from outreach.enrollments where id = {id.Value} for update"), user,
        NurturingPermissions.Update).FirstOrDefaultAsync(ct);

    /// <summary>Who is limited to own sequences sees their enrollments, and those that they made.</summary>
    private static IQueryable<Enrollment> VisibleTo(OutreachDb db, IQueryable<Enrollment> enrollments, CurrentUser user,
        string permission) =>
            enrollments.VisibleTo(user, permission,
                me => e => e.CreatedBy == me || db.Sequences.Any(s => s.Id == e.SequenceId && s.CreatedBy == me));
}
