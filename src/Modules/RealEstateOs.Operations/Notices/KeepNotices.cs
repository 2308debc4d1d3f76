using Npgsql;
using RealEstateOs.Contracts.Auth;
using RealEstateOs.Contracts.Deals;
using RealEstateOs.Contracts.Leads;
using RealEstateOs.Contracts.Properties;
using RealEstateOs.Platform.Authorization;
using RealEstateOs.Platform.Events;
using RealEstateOs.Platform.Events.Subscriptions;
using RealEstateOs.Platform.Persistence;
using RealEstateOs.Platform.Serialization;

namespace RealEstateOs.Operations.Notices;

/// <summary>
/// Writes down what somebody else did with an agent's leads and deals; one's own doings are no news, nor is what they may not read.
/// </summary>
internal sealed class KeepNotices(UnitOfWork work, ISessionDirectory people, ILeadDirectory leads, IPropertyDirectory properties)
    : IEventHandler<LeadAssigned>, IEventHandler<DealStageChanged>
{
    public const string Subscription = "operations.keep_notices";

    public async Task HandleAsync(LeadAssigned happened, EventContext context, CancellationToken ct)
    {
        if (happened.AssignedTo is not { } agent || agent == happened.AssignedBy) return;
        if (await ReachAsync(agent, "leads:read", ct) == Reach.None) return;
        if (!(await leads.SummariesAsync([happened.LeadId], ct)).TryGetValue(happened.LeadId, out var lead)) return;
        await KeepAsync(agent, "New leads",
            $"{lead.FullName}, score {lead.Score}, {Vocabulary.Word(lead.Source).Replace('_', ' ')}{(lead.Phone is null ? "" : $", {lead.Phone}")}{(lead.Email is null ? "" : $", {lead.Email}")}", ct);
    }

    public async Task HandleAsync(DealStageChanged happened, EventContext context, CancellationToken ct)
    {
        if (happened.AssignedTo is not { } agent || agent == happened.ChangedBy) return;
        if (await ReachAsync(agent, "deals:read", ct) == Reach.None) return;
        var home = (await properties.SummariesAsync([happened.PropertyId], ct)).GetValueOrDefault(happened.PropertyId);
        if (home?.AssignedUserId != agent && await ReachAsync(agent, "properties:read", ct) != Reach.All) home = null;
        await KeepAsync(agent, "Deals that moved",
            $"{home?.Address ?? $"Deal {happened.DealId.Value}"}: {Word(happened.FromStage)} to {Word(happened.Stage)}", ct);
    }

    private async Task<Reach> ReachAsync(UserId agent, string permission, CancellationToken ct) =>
        (await people.FindUserAsync(agent, ct))?.ReachOf(permission) ?? Reach.None;

    private static string Word(DealStage stage) => Vocabulary.Word(stage).Replace('_', ' ');

    private async Task KeepAsync(UserId reader, string title, string text, CancellationToken ct)
    {
        await using var command =
            new NpgsqlCommand("insert into operations.notices (organization_id, user_id, title, text) values ($1, $2, $3, $4)",
                work.Connection, work.Transaction);
        foreach (var value in (object[])[work.Tenant.Required.Value, reader.Value, title, text])
            command.Parameters.Add(new() { Value = value });
        await command.ExecuteNonQueryAsync(ct);
    }
}
