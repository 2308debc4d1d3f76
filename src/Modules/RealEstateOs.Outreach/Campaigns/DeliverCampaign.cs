using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using RealEstateOs.Contracts.Auth;
using RealEstateOs.Contracts.Leads;
using RealEstateOs.Contracts.Outreach;
using RealEstateOs.Outreach.Deliveries;
using RealEstateOs.Outreach.Messages;
using RealEstateOs.Platform.Contacts;
using RealEstateOs.Platform.Jobs;
using RealEstateOs.Platform.Persistence;
using RealEstateOs.Platform.Serialization;

namespace RealEstateOs.Outreach.Campaigns;

internal sealed record CampaignToSend(CampaignId CampaignId);

/// <summary>
/// Writes down who is meant, a page of leads at a time, then posts their messages, a batch at a time. Each step is one transaction that
/// also says how far it came, so a killed host leaves nobody out and nobody twice.
/// </summary>
internal sealed class DeliverCampaign(
    OutreachDb db, ILeadAudience audience, IOrganizationDirectory organizations, CampaignMessages messages, JobQueue jobs,
    ShownProperties properties, TimeProvider clock) : IJobHandler<CampaignToSend>
{
    public const string Kind = "campaign.send";
    private const int PageSize = 500, BatchSize = 100;

    public async Task<object?> RunAsync(CampaignToSend input, JobContext context, CancellationToken ct)
    {
        var campaign = await db.Campaigns.FirstOrDefaultAsync(c => c.Id == input.CampaignId, ct);
        if (campaign is null) return new { skipped = "deleted" };
        if (campaign.Status == CampaignStatus.Scheduled && campaign.ScheduledAt <= clock.Now().AddSeconds(1))
        {
            campaign.Start(clock.Now());
            await db.SaveChangesAsync(ct);
        }
        if (campaign.Status != CampaignStatus.InProgress) return new { skipped = Vocabulary.Word(campaign.Status) };
        await context.ReportAsync(1, "Finding the recipients", ct);
        while (await AddPageAsync(campaign, ct)) await context.ReportAsync(10, "Finding the recipients", ct);
        var (posted, total) = (0, Math.Max(1, await TotalAsync(campaign, ct)));
        for (var batch = await NextAsync(default); batch.Count > 0; batch = await NextAsync(batch.Last))
            await context.ReportAsync(20 + (int)Math.Min(79, 79L * (posted += batch.Count) / total), "Posting the messages", ct);
        await WatchCampaign.EnqueueAsync(jobs, input.CampaignId, clock.Now().AddSeconds(1), ct);
        return new { posted };

        Task<(int Count, RecipientId Last)> NextAsync(RecipientId last) =>
            messages.PostBatchAsync(campaign, last, BatchSize, ct);
    }

    private Task<bool> AddPageAsync(Campaign campaign, CancellationToken ct) => db.Work.InTransactionAsync(async () =>
    {
        var state = await db.Database.SqlQuery<Cursor>(
            $"""
             select audience_cursor as "AudienceCursor", audience_complete as "AudienceComplete", status as "Status"
             from outreach.campaigns where id = {campaign.Id.Value} for update
             """).SingleAsync(ct);
        if (state.AudienceComplete || state.Status != "in_progress") return false;
        var wish = campaign.Audience?.Deserialize<LeadWish>(Json.Options) ?? new LeadWish();
        var page = await audience.PageAsync(wish, state.AudienceCursor is { } last ? new LeadId(last) : null, PageSize, ct);
        if (page.Count > 0) await InsertAsync(campaign, page, ct);
        await db.Database.ExecuteSqlAsync(
            $"""
             update outreach.campaigns set audience_cursor = {(page.Count > 0 ? page[^1].Id.Value : state.AudienceCursor)},
                 audience_complete = {page.Count < PageSize},
                 total_recipients = (select count(*) from outreach.campaign_recipients where campaign_id = {campaign.Id.Value})
             where id = {campaign.Id.Value}
             """, ct);
        return page.Count == PageSize;
    }, ct);

    private async Task InsertAsync(Campaign campaign, IReadOnlyList<LeadContact> page, CancellationToken ct)
    {
        const string sql =
            """
            insert into outreach.campaign_recipients (organization_id, campaign_id, lead_id, address, variables, token, state, reason)
            select $1, $2, lead, address, variables::jsonb, token, case when reason is null then 'pending' else 'suppressed' end, reason
            from unnest($3::bigint[], $4::text[], $5::text[], $6::text[], $7::text[]) with ordinality as t(lead, address, variables, token,
                reason, place) order by place
            on conflict do nothing
            """;
        var office = await organizations.DefaultsAsync(ct);
        var agents = await organizations.PeopleAsync(
            [.. page.Select(l => l.AssignedTo).Append(campaign.CreatedBy).OfType<UserId>().Distinct()], ct);
        Person? Person(UserId? user) => user is { } id ? agents.GetValueOrDefault(id) : null;
        var homes = await properties.OfAsync(campaign.PropertyId is { } about ? [about] : page.Select(l => l.PropertyId), ct);
        ShownProperty? Home(LeadContact lead) => (campaign.PropertyId ?? lead.PropertyId) is { } id ? homes.GetValueOrDefault(id) : null;
        var mail = campaign.CampaignType == CampaignType.Email;
        string Address(LeadContact lead) => (mail ? EmailAddress.Normalise(lead.Email) : lead.Phone) ?? "";
        string Variables(LeadContact lead) => JsonSerializer.Serialize(
            MessageVariables.Of(lead, Person(lead.AssignedTo), Person(campaign.CreatedBy), office, Home(lead)), Json.Options);
        string? Reason(LeadContact lead) => Address(lead).Length == 0 ? "no_address"
            : (mail ? lead.MailRefused : lead.TextRefused) ? "no_consent" : null;
        await db.Work.ExecuteAsync(sql, ct, new() { Value = db.CurrentOrganization.Value }, new() { Value = campaign.Id.Value },
            new() { Value = page.Select(l => l.Id.Value).ToArray() }, Parameter.Texts(page.Select(Address)),
            Parameter.Texts(page.Select(Variables)), Parameter.Texts(page.Select(_ => TrackedLinks.NewToken())),
            Parameter.Texts(page.Select(Reason)));
    }

    private Task<int> TotalAsync(Campaign campaign, CancellationToken ct) =>
        db.CampaignRecipients.CountAsync(r => r.CampaignId == campaign.Id, ct);

    private sealed record Cursor(long? AudienceCursor, bool AudienceComplete, string Status);
}
