using Microsoft.Extensions.DependencyInjection;
using RealEstateOs.Contracts.Auth;
using RealEstateOs.Contracts.Outreach;
using RealEstateOs.Outreach.Deliveries;
using RealEstateOs.Platform.Messaging;
using RealEstateOs.Platform.Persistence;
using RealEstateOs.Platform.Tenancy;

namespace RealEstateOs.Outreach.ProviderWebhooks;

/// <summary>What became of a delivery.</summary>
/// <param name="Duplicates">Counted before.</param>
/// <param name="Unmatched">About nothing known here; kept for the operator.</param>
/// <param name="Received">Events in the delivery.</param>
/// <param name="Processed">Of these, those that changed something here.</param>
public sealed record IntakeResponse(int Received, int Processed, int Duplicates, int Unmatched);

/// <summary>Finds whose messages events are about, and tells their owners: each event once, in a transaction of its tenant.</summary>
internal sealed class EventIntake(DataSources sources, IServiceScopeFactory scopes)
{
    private const string FindSql =
        $"""
        select organization_id, reference, recipient from platform.messages where id = $1
        union all select organization_id, kind || '_' || id, address from ({AllDeliveries.Sql}) d where kind = $5 and id = $2
        union all select organization_id, reference, recipient from platform.messages where provider_id = $3
        union all (select organization_id, reference, recipient from platform.messages where channel = 'sms' and recipient = $4
            and sent_at is not null order by id desc limit 1)
        union all (select organization_id, reference, recipient from platform.messages where channel = 'email' and reference is not null
            and recipient = $6 and sent_at is not null order by id desc limit 1)
        limit 1
        """;

    private const string OnceSql =
        """
        insert into outreach.provider_events (organization_id, provider, event_id, event, reference, payload)
            values ($1, $2, $3, $4, $5, $6)
        on conflict do nothing
        """;

    private const string AsideSql =
        "insert into outreach.unmatched_events (provider, event_id, event, payload) values ($1, $2, $3, $4) on conflict do nothing";

    public async Task<IntakeResponse> TakeAsync(IReadOnlyList<ProviderEvent> events, CancellationToken ct)
    {
        var matched = new List<(OrganizationId Organization, AboutMessage About)>();
        var unmatched = 0;
        foreach (var happened in events)
        {
            if (await FindAsync(happened, ct) is { } found)
                matched.Add((found.Organization, new(found.Reference, found.Recipient, happened)));
            else unmatched += await SetAsideAsync(happened, ct);
        }
        var processed = 0;
        foreach (var tenant in matched.GroupBy(m => m.Organization))
            processed += await TellAsync(tenant.Key, [.. tenant.Select(m => m.About)], ct);
        return new IntakeResponse(events.Count, processed, matched.Count - processed, unmatched);
    }

    private async Task<int> TellAsync(OrganizationId organization, AboutMessage[] events, CancellationToken ct)
    {
        await using var scope = scopes.CreateTenantScope(organization);
        var work = scope.ServiceProvider.GetRequiredService<UnitOfWork>();
        var owners = scope.ServiceProvider.GetServices<IMessageOwner>().ToArray();
        var suppressions = scope.ServiceProvider.GetRequiredService<ISuppressionList>();
        var processed = 0;
        await work.BeginAsync(ct);
        foreach (var (reference, recipient, happened) in events)
        {
            if (!await IsFirstAsync(work, organization, reference, happened, ct)) continue;
            processed++;
            // Who answers from another address of theirs means the one that was written to.
            if (happened.Suppress is { } no) await suppressions.AddAsync(no.Channel,
                happened.Kind == MessageEventKind.Replied ? [no.Address, recipient] : [no.Address], no.Reason, null, ct);
            if (happened.TakeBack is { } again) await suppressions.TakeBackAsync(again.Channel, again.Address, ct);
            if (happened.Kind is { } kind && MessageOwners.Find(owners, reference) is { } owned)
                await owned.Owner.HappenedAsync(owned.Id, new MessageEvent(kind, happened.At, happened.Text), ct);
        }
        await work.CommitAsync(ct);
        return processed;
    }

    private async Task<(OrganizationId Organization, string Reference, string Recipient)?> FindAsync(ProviderEvent happened,
        CancellationToken ct)
    {
        await using var command = sources.System.CreateCommand(FindSql);
        command.With(Parameter.Long(happened.MessageId), Parameter.Long(happened.About?.Id), Parameter.Text(happened.ProviderId),
            Parameter.Text(happened.From), Parameter.Text(happened.About?.Kind), Parameter.Text(happened.Sender));
        await using var reader = await command.ExecuteReaderAsync(ct);
        return await reader.ReadAsync(ct) && !reader.IsDBNull(1)
            ? (new OrganizationId(reader.GetInt64(0)), reader.GetString(1), reader.GetString(2)) : null;
    }

    private async Task<int> SetAsideAsync(ProviderEvent happened, CancellationToken ct)
    {
        await using var command = sources.System.CreateCommand(AsideSql);
        foreach (var value in new[] { happened.Provider, happened.Id, happened.Name, happened.Payload })
            command.Parameters.Add(new() { Value = value });
        await command.ExecuteNonQueryAsync(ct);
        return 1;
    }

    private static async Task<bool> IsFirstAsync(UnitOfWork work, OrganizationId organization, string reference, ProviderEvent happened,
        CancellationToken ct)
    {
        return await work.ExecuteAsync(OnceSql, ct, new() { Value = organization.Value }, new() { Value = happened.Provider },
            new() { Value = happened.Id }, new() { Value = happened.Name }, new() { Value = reference },
            new() { Value = happened.Payload }) == 1;
    }

    /// <summary>An event, and the message that it is about.</summary>
    private sealed record AboutMessage(string Reference, string Recipient, ProviderEvent Event);
}
