using Npgsql;
using RealEstateOs.Platform.Authorization;
using RealEstateOs.Platform.Persistence;

namespace RealEstateOs.Analytics.Figures;

/// <summary>Something that happened: a listing, a lead or a deal that was added, a deal that closed, the person's last sign-in.</summary>
/// <param name="Property">The property's address; null where it is about none that the reader may see.</param>
/// <param name="Amount">The deal's value or the asking price, in <paramref name="Currency"/>.</param>
/// <param name="Type">listing_created, lead_created, deal_created, deal_won, deal_lost or signed_in.</param>
/// <param name="Lead">The lead's name; null where it is about none.</param>
/// <param name="Timestamp">When it happened.</param>
public sealed record RecentActivity(string Type, string? Property, string? Lead, decimal? Amount, string? Currency,
    DateTimeOffset Timestamp);

/// <summary>Work that was done, and what happened lately.</summary>
internal sealed class ActivityFigures(FactReader facts, UnitOfWork work, CurrentUser user)
{
    // The latest ten of each kind by its index, then the latest ten of all.
    private const string RecentSql =
        """
        select type, property, lead, amount, currency, at from (
            (select 'listing_created' as type, p.address as property, null as lead, p.price as amount, p.currency, p.created_at as at
                from properties.report_properties p
                where $2 > 0 and p.organization_id = $1 and ($2 = 2 or p.assigned_user_id = $5 or p.created_by = $5)
                    and ($6 = 0 or p.assigned_user_id = $6)
                order by p.created_at desc limit 10)
            union all
            (select 'lead_created', null, l.name, null, null, l.created_at from leads.report_leads l
                where $3 > 0 and l.organization_id = $1 and ($3 = 2 or l.assigned_to = $5 or l.created_by = $5)
                    and ($6 = 0 or l.assigned_to = $6) order by l.created_at desc limit 10)
            union all
            (select 'deal_created', p.address, null, d.value, d.currency, d.created_at from deals.report_deals d
                left join properties.report_properties p on p.id = d.property_id and p.organization_id = $1
                    and ($2 = 2 or $2 = 1 and (p.assigned_user_id = $5 or p.created_by = $5))
                where $4 > 0 and d.organization_id = $1 and ($4 = 2 or d.assigned_to = $5 or d.created_by = $5)
                    and ($6 = 0 or d.assigned_to = $6) order by d.created_at desc limit 10)
            union all
            (select case d.stage when 'closed_won' then 'deal_won' else 'deal_lost' end, p.address, null, d.value, d.currency, d.closed_at
                from deals.report_deals d
                left join properties.report_properties p on p.id = d.property_id and p.organization_id = $1
                    and ($2 = 2 or $2 = 1 and (p.assigned_user_id = $5 or p.created_by = $5))
                where $4 > 0 and d.organization_id = $1 and d.closed_at is not null and ($4 = 2 or d.assigned_to = $5 or d.created_by = $5)
                    and ($6 = 0 or d.assigned_to = $6)
                order by d.closed_at desc limit 10)
            union all
            (select 'signed_in', null, null, null, null, s.created_at from auth.report_sessions s
                where s.organization_id = $1 and s.user_id = case $6 when 0 then $5 else $6 end order by s.created_at desc
                    limit 1)) happened
        order by at desc limit 10
        """;

    public async Task<IReadOnlyList<RecentActivity>> RecentAsync(FigureContext context, CancellationToken ct)
    {
        int Reach(string permission) => (int)user.ReachOf(permission);
        await using var command = new NpgsqlCommand(RecentSql, await work.OpenAsync(ct), work.Transaction)
        {
            Parameters =
            {
                new() { Value = work.Tenant.Required.Value }, new() { Value = Reach(MayRead.Properties) },
                new() { Value = Reach(MayRead.Leads) }, new() { Value = Reach(MayRead.Deals) },
                new() { Value = user.Id.Value }, new() { Value = context.Asked.Person?.Value ?? 0L },
            },
        };
        var found = new List<RecentActivity>();
        await using var row = await command.ExecuteReaderAsync(ct);
        while (await row.ReadAsync(ct))
            found.Add(new(row.GetString(0), Text(row, 1), Text(row, 2), row.IsDBNull(3) ? null : row.GetDecimal(3), Text(row, 4),
                row.GetFieldValue<DateTimeOffset>(5)));
        return found;
    }

    /// <summary>Calls, viewings and other work that was done in the period with leads and clients that the reader may see, by
    /// type.</summary>
    public async Task<IReadOnlyDictionary<string, long>> DoneAsync(FigureContext context, CancellationToken ct)
    {
        var withLeads = await facts.ReadAsync(Fact.Activities, context.Span, context.Of(user, MayRead.Leads), Cut.First, ct);
        return withLeads.Concat(await facts.ReadAsync(Fact.ClientActivities, context.Span, context.Of(user, MayRead.Clients), Cut.First,
            ct)).By(c => c.First);
    }

    private static string? Text(NpgsqlDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);
}
