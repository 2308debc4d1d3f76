using RealEstateOs.Contracts.Auth;
using RealEstateOs.Contracts.Events;
using RealEstateOs.Contracts.Properties;

namespace RealEstateOs.Contracts.Outreach;

/// <summary>A memo was written for an owner and has left.</summary>
public sealed record MemoGenerated(CommunicationId CommunicationId, PropertyId PropertyId, TeamId? TeamId, CommunicationStatus Status,
    UserId? CreatedBy) : IEvent
{
    public static string Type => "memo.generated";
}

/// <summary>Somebody answered a communication.</summary>
/// <param name="ReplyText">What they wrote, without what they quoted.</param>
public sealed record ReplyReceived(CommunicationId CommunicationId, PropertyId? PropertyId, TeamId? TeamId, string? ReplyText,
    UserId? CreatedBy) : IEvent
{
    public static string Type => "reply.received";
}
