using RealEstateOs.Contracts.Auth;
using RealEstateOs.Contracts.Events;
using RealEstateOs.Contracts.Leads;

namespace RealEstateOs.Contracts.Outreach;

/// <summary>A sequence was paused or goes on.</summary>
/// <param name="Name">What the office calls the sequence.</param>
public sealed record SequenceStatusChanged(SequenceId SequenceId, string Name, SequenceStatus Status, UserId? CreatedBy,
    UserId? ChangedBy) : IEvent
{
    public static string Type => "sequence.status_changed";
}

/// <summary>A lead began a sequence.</summary>
public sealed record LeadEnrolled(SequenceId SequenceId, EnrollmentId EnrollmentId, LeadId LeadId, EnrollmentSource Source,
    UserId? CreatedBy) : IEvent
{
    public static string Type => "sequence.lead_enrolled";
}

/// <summary>A lead has come to the end of a sequence, or left it before (<see cref="Reason"/>).</summary>
public sealed record LeadLeftSequence(SequenceId SequenceId, EnrollmentId EnrollmentId, LeadId LeadId, EnrollmentStatus Status,
    ExitReason? Reason, UserId? CreatedBy) : IEvent
{
    public static string Type => "sequence.lead_left";
}
