using Npgsql;
using RealEstateOs.Platform.Authorization;
using RealEstateOs.Platform.Persistence;

namespace RealEstateOs.Analytics.Figures;

/// <summary>Won deals with what they sold and where their buyers came from.</summary>
internal sealed class WonDeals(FactReader facts, UnitOfWork work, CurrentUser user)
{
    // What the reader may not see of a lead is unknown here as well.
    private const string SourcesSql =
        """
        select l.source, d.currency, count(*), coalesce(sum(d.value), 0), count(d.gross_commission), coalesce(sum(d.gross_commission), 0)
        from deals.report_deals d
        left join leads.report_leads l on l.id = d.lead_id and l.organization_id = $1 and $7 and (l.assigned_to = $5 or l.created_by = $5)
        where d.organization_id = $1 and d.stage = 'closed_won' and d.closed_at >= $2 and d.closed_at < $3
            and (not $4 or d.assigned_to = $5 or d.created_by = $5
                or exists (select from deals.report_shares s where s.deal_id = d.id and s.user_id = $5))
            and ($6 = 0 or d.assigned_to = $6)
        group by 1, 2
        """;

    public async Task<decimal?> DaysOnMarketAsync(DaySpan? span, Whose whose, CancellationToken ct) =>
        (await facts.ReadAsync(Fact.Won, span, whose, Cut.None, ct)).Add(c => c.C).Days();

    /// <summary>By the source of their lead and by currency: value and commission.</summary>
    public async Task<IReadOnlyList<Cell>> BySourceAsync(DaySpan? span, Whose whose, CancellationToken ct)
    {
        var leads = user.ReachOf(MayRead.Leads);
        if (leads == Reach.All) return await facts.ReadAsync(Fact.Won, span, whose, Cut.First | Cut.Third, ct);
        if (whose.Reach == Reach.None) return [];
        await using var command = new NpgsqlCommand(SourcesSql, await work.OpenAsync(ct), work.Transaction)
        {
            Parameters =
            {
                new() { Value = work.Tenant.Required.Value },
                new() { Value = span?.Start.UtcDateTime ?? DateTime.MinValue },
                new() { Value = span?.End.UtcDateTime ?? DateTime.MaxValue },
                new() { Value = whose.Reach == Reach.Own }, new() { Value = whose.Me.Value },
                new() { Value = whose.Person?.Value ?? 0L }, new() { Value = leads == Reach.Own },
            },
        };
        await using var row = await command.ExecuteReaderAsync(ct);
        var cells = new List<Cell>();
        while (await row.ReadAsync(ct))
            cells.Add(new(row.IsDBNull(0) ? null : row.GetString(0), null, row.GetString(1), null, null, row.GetInt64(2),
                new(row.GetInt64(2), row.GetDecimal(3)), new(row.GetInt64(4), row.GetDecimal(5)), default));
        return cells;
    }
}
