using RealEstateOs.Contracts.Auth;
using RealEstateOs.Platform.Persistence;

namespace RealEstateOs.Outreach.Deliveries;

/// <summary>
/// A message to one person and what became of it: a campaign's recipient, a step of a sequence, a communication. The columns have the
/// same names in each one's table; providers and people change them at the same time: by single statements only.
/// </summary>
/// <typeparam name="TState">Where it stands; what became of it after it left are times beside it.</typeparam>
internal abstract class Delivery<TState> : ITenantOwned, INotAudited where TState : struct, Enum
{
    public OrganizationId OrganizationId { get; set; }
    public string? Token { get; set; }
    public TState State { get; set; }
    public string? Reason { get; set; }
    public long? MessageId { get; set; }
    public DateTimeOffset? SentAt { get; set; }
    public DateTimeOffset? DeliveredAt { get; set; }
    public DateTimeOffset? OpenedAt { get; set; }
    public DateTimeOffset? ClickedAt { get; set; }
    public DateTimeOffset? MachineOpenedAt { get; set; }
    public DateTimeOffset? MachineClickedAt { get; set; }
    public int? LastLink { get; set; }
    public DateTimeOffset? LastLinkAt { get; set; }
    public DateTimeOffset? RepliedAt { get; set; }
    public DateTimeOffset? BouncedAt { get; set; }
    public DateTimeOffset? ComplainedAt { get; set; }
    public DateTimeOffset? UnsubscribedAt { get; set; }
    public DateTimeOffset CreatedAt { get; set; }
}

/// <summary>All of them, for what must find or judge one without knowing whose it is.</summary>
internal static class AllDeliveries
{
    /// <summary><c>hold</c> says why one that is queued may not leave.</summary>
    public const string Sql =
        """
        select 'rcpt' as kind, d.id, d.organization_id, d.lead_id, c.campaign_type as channel, d.address, d.token, c.content, d.state,
            d.message_id, d.sent_at, case when c.status in ('cancelled', 'paused') then c.status end as hold
        from outreach.campaign_recipients d join outreach.campaigns c on c.id = d.campaign_id
        union all
        select 'step', d.id, d.organization_id, d.lead_id, d.type, d.address, d.token, v.steps -> d.step ->> 'content', d.state,
            d.message_id, d.sent_at, case when e.status = 'exited' then 'exited' when 'paused' in (e.status, s.status) then 'paused' end
        from outreach.step_runs d join outreach.enrollments e on e.id = d.enrollment_id join outreach.sequences s on s.id = d.sequence_id
            join outreach.sequence_versions v on v.sequence_id = d.sequence_id and v.version = d.steps_version
        union all
        select 'comm', id, organization_id, lead_id, channel, address, token, '', state, message_id, sent_at, null
        from outreach.communications
        """;
}
