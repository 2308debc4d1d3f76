using Npgsql;
using RealEstateOs.Contracts.Auth;
using RealEstateOs.Contracts.Deals;
using RealEstateOs.Contracts.Ids;
using RealEstateOs.Contracts.Leads;
using RealEstateOs.Contracts.Properties;
using RealEstateOs.Platform.Authorization;
using RealEstateOs.Platform.Events;
using RealEstateOs.Platform.Events.Subscriptions;
using RealEstateOs.Platform.Persistence;

namespace RealEstateOs.Operations.Notices;

/// <summary>
/// Writes down what somebody else did with an agent's leads and deals; one's own doings are no news, nor is what they may not read.
/// </summary>
internal sealed class KeepNotices(UnitOfWork work, ISessionDirectory people, ILeadDirectory leads, IPropertyDirectory properties,
    IOrganizationDirectory organizations)
    : IEventHandler<LeadAssigned>, IEventHandler<DealStageChanged>
{
    public const string Subscription = "operations.keep_notices";

    public async Task HandleAsync(LeadAssigned happened, EventContext context, CancellationToken ct)
    {
        if (happened.AssignedTo is not { } agent || agent == happened.AssignedBy) return;
        if (await ReachAsync(agent, "leads:read", ct) == Reach.None) return;
        if (!(await leads.SummariesAsync([happened.LeadId], ct)).TryGetValue(happened.LeadId, out var lead)) return;
        var w = await WordsAsync(ct);
        var reached = string.Concat(new[] { lead.Phone, lead.Email }.OfType<string>().Select(by => w["and"] + w.Isolated(by)));
        await KeepAsync(agent, w["leads"], w.Say("lead", lead.FullName, lead.Score, w.Source(lead.Source)) + reached,
            lead.Id.Reference(), ct);
    }

    public async Task HandleAsync(DealStageChanged happened, EventContext context, CancellationToken ct)
    {
        if (happened.AssignedTo is not { } agent || agent == happened.ChangedBy) return;
        if (await ReachAsync(agent, "deals:read", ct) == Reach.None) return;
        var home = (await properties.SummariesAsync([happened.PropertyId], ct)).GetValueOrDefault(happened.PropertyId);
        if (home?.AssignedUserId != agent && await ReachAsync(agent, "properties:read", ct) != Reach.All) home = null;
        var w = await WordsAsync(ct);
        await KeepAsync(agent, w["deals"], w.Say("moved", home?.Address ?? w.Say("deal", happened.DealId.Value),
            w.Stage(happened.FromStage), w.Stage(happened.Stage)), happened.DealId.Reference(), ct);
    }

    private async Task<Reach> ReachAsync(UserId agent, string permission, CancellationToken ct) =>
        (await people.FindUserAsync(agent, ct))?.ReachOf(permission) ?? Reach.None;

    private async Task<NoticeWords> WordsAsync(CancellationToken ct) => NoticeWords.Of((await organizations.BrandAsync(ct)).Locale);

    private async Task KeepAsync(UserId reader, string title, string text, string reference, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(
            "insert into operations.notices (organization_id, user_id, title, text, reference) values ($1, $2, $3, $4, $5)",
            work.Connection, work.Transaction);
        foreach (var value in (object[])[work.Tenant.Required.Value, reader.Value, title, text, reference])
            command.Parameters.Add(new() { Value = value });
        await command.ExecuteNonQueryAsync(ct);
    }
}
