using Microsoft.EntityFrameworkCore;
using RealEstateOs.Contracts.Leads;
using RealEstateOs.Contracts.Outreach;
using RealEstateOs.Outreach.Communications;
using RealEstateOs.Outreach.Nurturing;
using RealEstateOs.Platform.Serialization;

namespace RealEstateOs.Outreach.Merges;

/// <summary>
/// What was and will be written to leads that were merged goes on with the lead that stays. Where both are in the same campaign or
/// sequence, the person gets it once. Who said no under an address that went, said no: the address that stays gets nothing either.
/// </summary>
internal sealed class FollowMergedLeads(OutreachDb db, LeavingSequences leaving) : ILeadMergeFollower
{
    public async Task FollowAsync(LeadsBecameOne merge, CancellationToken ct)
    {
        var gone = merge.Gone;
        await db.Communications.Where(c => c.LeadId != null && gone.Contains(c.LeadId.Value)).ExecuteUpdateAsync(
            set => set.SetProperty(c => c.LeadId, merge.Lead), ct);
        await CampaignsAsync(merge, ct);
        foreach (var lead in gone) await SequencesAsync(lead, merge.Lead, ct);
        await InheritAsync(MessageChannel.Email, merge.OtherEmails, merge.Email, merge.Lead, ct);
        await InheritAsync(MessageChannel.Sms, merge.OtherPhones, merge.Phone, merge.Lead, ct);
    }

    private async Task CampaignsAsync(LeadsBecameOne merge, CancellationToken ct)
    {
        var (lead, gone) = (merge.Lead.Value, merge.Gone.Select(g => g.Value).ToArray());
        await db.Database.ExecuteSqlAsync(
            $"""
             with alike as (
                 select id, row_number() over (partition by campaign_id order by lead_id = {lead} desc, sent_at is null, id) > 1 as again
                 from outreach.campaign_recipients where organization_id = {db.CurrentOrganization.Value}
                     and (lead_id = {lead} or lead_id = any({gone})))
             update outreach.campaign_recipients r set lead_id = {lead}, is_duplicate = r.is_duplicate or alike.again,
                 state = case when alike.again and r.state in ('pending', 'queued') then 'suppressed' else r.state end,
                 reason = case when alike.again and r.state in ('pending', 'queued') then 'merged' else r.reason end
             from alike where alike.id = r.id
             """, ct);
        await db.Database.ExecuteSqlAsync(
            $"""
             update outreach.campaign_recipients r set state = 'suppressed', reason = 'no_consent'
             from outreach.campaigns c
             where c.id = r.campaign_id and r.organization_id = {db.CurrentOrganization.Value} and r.lead_id = {lead}
                 and r.state in ('pending', 'queued')
                 and case c.campaign_type when 'sms' then {merge.TextRefused} else {merge.MailRefused} end
             """, ct);
    }

    private async Task SequencesAsync(LeadId from, LeadId to, CancellationToken ct)
    {
        var both =
            $"""
             e.lead_id = $3 and exists (select from outreach.enrollments o
                 where o.sequence_id = e.sequence_id and o.lead_id = {to.Value} and o.status in ('active', 'paused'))
             """;
        await leaving.ExitAsync(both, from.Value, ExitReason.Merged, ct);
        await db.Enrollments.Where(e => e.LeadId == from).ExecuteUpdateAsync(set => set.SetProperty(e => e.LeadId, to), ct);
        await db.StepRuns.Where(r => r.LeadId == from).ExecuteUpdateAsync(set => set.SetProperty(r => r.LeadId, to), ct);
    }

    // A mailbox that bounced is no word of the person's.
    private async Task InheritAsync(MessageChannel channel, string[] from, string? to, LeadId lead, CancellationToken ct)
    {
        if (from.Length == 0 || to is null) return;
        await db.Database.ExecuteSqlAsync(
            $"""
             insert into outreach.suppressions (organization_id, channel, address, reason, note, created_by, created_at, updated_at)
             select organization_id, channel, {SuppressionList.Key(channel, to)}, reason,
                 {$"Said as another lead that was merged into lead {lead.Value}"}, created_by, now(), now()
             from outreach.suppressions where organization_id = {db.CurrentOrganization.Value} and channel = {Vocabulary.Word(channel)}
                 and address = any({from}) and reason <> 'bounced'
             order by created_at limit 1
             on conflict (organization_id, channel, address) do nothing
             """, ct);
    }
}
