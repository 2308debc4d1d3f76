using Microsoft.EntityFrameworkCore;
using RealEstateOs.Contracts.Auth;
using RealEstateOs.Contracts.Leads;
using RealEstateOs.Contracts.Outreach;
using RealEstateOs.Outreach.Deliveries;
using RealEstateOs.Platform.Persistence;
using RealEstateOs.Platform.Problems;
using RealEstateOs.Platform.Serialization;

namespace RealEstateOs.Outreach.Nurturing;

/// <summary>
/// A lead on its way through a sequence. The runner moves many at a time by single statements; people change one under its row lock.
/// </summary>
internal sealed class Enrollment : ITenantOwned
{
    public EnrollmentId Id { get; set; }
    public OrganizationId OrganizationId { get; set; }
    public SequenceId SequenceId { get; set; }
    public LeadId LeadId { get; set; }
    public int StepsVersion { get; set; }
    public EnrollmentSource Source { get; set; }
    public EnrollmentStatus Status { get; set; }
    public bool Held { get; set; }
    public int Step { get; set; }
    public DateTimeOffset? NextRunAt { get; set; }
    public ExitReason? ExitReason { get; set; }
    public DateTimeOffset? EndedAt { get; set; }
    public UserId? CreatedBy { get; set; }
    public DateTimeOffset CreatedAt { get; set; }

    public void Pause() => Require(EnrollmentStatus.Paused, EnrollmentStatus.Active);

    public void Resume() => Require(EnrollmentStatus.Active, EnrollmentStatus.Paused);

    public void Exit(ExitReason reason, DateTimeOffset now)
    {
        Require(EnrollmentStatus.Exited, EnrollmentStatus.Active, EnrollmentStatus.Paused);
        (ExitReason, EndedAt, NextRunAt) = (reason, now, null);
    }

    private void Require(EnrollmentStatus next, params EnrollmentStatus[] from)
    {
        if (!from.Contains(Status))
            throw Problem.Conflict($"An enrollment that is {Vocabulary.Word(Status)} can't become {Vocabulary.Word(next)}.",
                new Dictionary<string, object?> { ["possible_from"] = from.Select(Vocabulary.Word) });
        Status = next;
    }
}

/// <summary>A step that was done for a lead, and what became of its message; at most one for each step of an enrollment.</summary>
internal sealed class StepRun : Delivery<StepState>
{
    public StepRunId Id { get; set; }
    public EnrollmentId EnrollmentId { get; set; }
    public SequenceId SequenceId { get; set; }
    public int StepsVersion { get; set; }
    public LeadId LeadId { get; set; }
    public int Step { get; set; }
    public string StepKey { get; set; } = "";
    public StepType Type { get; set; }
    public string? Address { get; set; }
    public bool? Branch { get; set; }
    public LeadActivityId? ActivityId { get; set; }
}
