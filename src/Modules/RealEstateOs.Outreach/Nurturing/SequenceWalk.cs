using RealEstateOs.Contracts.Auth;
using RealEstateOs.Contracts.Leads;
using RealEstateOs.Contracts.Outreach;
using RealEstateOs.Outreach.Messages;

namespace RealEstateOs.Outreach.Nurturing;

/// <summary>What a step will do, before it is written down.</summary>
internal sealed record PlannedStep(StepState State)
{
    public Enrollment Enrollment { get; set; } = null!;
    public SequenceStep Step { get; set; } = null!;
    public int Index { get; set; }
    public bool? Branch { get; set; }
    public string? Reason { get; init; }
    public string? Address { get; init; }
    public string? Token { get; init; }
    public OrganizationDefaults? Office { get; init; }
    public LeadTask? Task { get; init; }
    public Func<StepRunId, Addressee>? Write { get; init; }
    public StepRunId Id { get; set; }
}

/// <summary>
/// One lead's way on from the step that is due to the next one that has to wait. A step that was done is never done again, whatever brought
/// the lead back to it.
/// </summary>
internal sealed class SequenceWalk(Enrollment enrollment, Sequence? sequence, SequenceStep[] steps, IEnumerable<StepRun> done)
{
    private readonly Dictionary<int, StepRun> ran = done.ToDictionary(r => r.Step);

    public Enrollment Enrollment => enrollment;

    public UserId? Author => sequence?.CreatedBy;

    public List<PlannedStep> Planned { get; } = [];

    public int Step { get; private set; } = enrollment.Step;

    public EnrollmentStatus Status { get; private set; } = EnrollmentStatus.Active;

    public ExitReason? Reason { get; private set; }

    public DateTimeOffset? NextRunAt { get; private set; }

    public void Leave(ExitReason reason) => (Status, Reason) = (EnrollmentStatus.Exited, reason);

    public void Go(LeadContact contact, LeadSummary lead, DateTimeOffset now, Func<SequenceStep, PlannedStep> plan)
    {
        // Events say so, too, but a moment later.
        if (sequence is null) Leave(ExitReason.SequenceDeleted);
        else if (sequence.ExitsAt(lead.Status)) Leave(ExitReason.StatusChanged);
        else if (sequence.ExitOnReply && ran.Values.Any(r => r.RepliedAt is not null)) Leave(ExitReason.Replied);
        while (Status == EnrollmentStatus.Active && NextRunAt is null) Take(lead, now, plan);
    }

    private void Take(LeadSummary lead, DateTimeOffset now, Func<SequenceStep, PlannedStep> plan)
    {
        if (Step >= steps.Length)
        {
            Status = EnrollmentStatus.Completed;
            return;
        }
        var branch = ran.TryGetValue(Step, out var before) ? before.Branch
            : steps[Step].Type == StepType.Condition ? Holds(Step, lead) : null;
        if (before is null)
        {
            var planned = plan(steps[Step]);
            (planned.Enrollment, planned.Step, planned.Index, planned.Branch) = (enrollment, steps[Step], Step, branch);
            Planned.Add(planned);
        }
        Step = SequencePath.After(steps, Step, branch);
        if (Step >= steps.Length) Status = EnrollmentStatus.Completed;
        else if (!ran.ContainsKey(Step) && steps[Step].Delay > TimeSpan.Zero) NextRunAt = now + steps[Step].Delay;
    }

    private bool Holds(int index, LeadSummary lead)
    {
        var condition = steps[index].Condition!;
        var message = SequencePath.Message(steps, index) is { } at ? ran.GetValueOrDefault(at) : null;
        return condition.On switch
        {
            StepBehaviour.Opened => message?.OpenedAt is not null,
            StepBehaviour.Clicked => message?.ClickedAt is not null,
            StepBehaviour.Replied => message?.RepliedAt is not null,
            StepBehaviour.Score => lead.Score >= (condition.MinScore ?? 0) && lead.Score <= (condition.MaxScore ?? 100),
            _ => condition.Status!.Contains(lead.Status),
        };
    }
}
