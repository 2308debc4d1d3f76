using Npgsql;
using NpgsqlTypes;
using RealEstateOs.Platform.Authorization;
using RealEstateOs.Platform.Persistence;

namespace RealEstateOs.Analytics.Figures;

/// <summary>Won deals with what they sold and where their buyers came from: read from the rows of the period, as it needs both.</summary>
internal sealed class SoldProperties(UnitOfWork work)
{
    private const string DaysSql =
        """
        select avg(extract(epoch from d.closed_at - p.created_at) / 86400)::float8
        from deals.report_deals d join properties.report_properties p on p.id = d.property_id and p.organization_id = $1
        where d.organization_id = $1 and d.stage = 'closed_won' and ($2::timestamptz is null or d.closed_at >= $2) and ($3::timestamptz is null or d.closed_at < $3)
            and (not $4 or d.assigned_to = $5 or d.created_by = $5 or exists (select from deals.report_shares s where s.deal_id = d.id and s.user_id = $5))
            and ($6::bigint is null or d.assigned_to = $6)
        """;

    private const string SourcesSql =
        """
        select coalesce(l.source, 'unknown'), d.currency, count(*), coalesce(sum(d.value), 0), count(d.gross_commission), coalesce(sum(d.gross_commission), 0)
        from deals.report_deals d left join leads.report_leads l on l.id = d.lead_id and l.organization_id = $1
        where d.organization_id = $1 and d.stage = 'closed_won' and ($2::timestamptz is null or d.closed_at >= $2) and ($3::timestamptz is null or d.closed_at < $3)
            and (not $4 or d.assigned_to = $5 or d.created_by = $5 or exists (select from deals.report_shares s where s.deal_id = d.id and s.user_id = $5))
            and ($6::bigint is null or d.assigned_to = $6)
        group by 1, 2
        """;

    public async Task<decimal?> DaysOnMarketAsync(DaySpan? span, Whose whose, CancellationToken ct)
    {
        if (whose.Reach == Reach.None) return null;
        await using var command = await CommandAsync(DaysSql, span, whose, ct);
        return await command.ExecuteScalarAsync(ct) is double days ? Math.Round((decimal)days, 1) : null;
    }

    /// <summary>Won deals by the source of their lead and by currency: value, and commission in the third amount's place.</summary>
    public async Task<IReadOnlyList<Cell>> BySourceAsync(DaySpan? span, Whose whose, CancellationToken ct)
    {
        if (whose.Reach == Reach.None) return [];
        await using var command = await CommandAsync(SourcesSql, span, whose, ct);
        await using var row = await command.ExecuteReaderAsync(ct);
        var cells = new List<Cell>();
        while (await row.ReadAsync(ct))
            cells.Add(new(row.GetString(0), null, row.GetString(1), null, null, row.GetInt64(2), new(row.GetInt64(2), row.GetDecimal(3)),
                new(row.GetInt64(4), row.GetDecimal(5)), default));
        return cells;
    }

    private async Task<NpgsqlCommand> CommandAsync(string sql, DaySpan? span, Whose whose, CancellationToken ct)
    {
        NpgsqlParameter Moment(DateTimeOffset? at) => new() { Value = (object?)at ?? DBNull.Value,
            NpgsqlDbType = NpgsqlDbType.TimestampTz };
        return new NpgsqlCommand(sql, await work.OpenAsync(ct), work.Transaction)
        {
            Parameters =
            {
                new() { Value = work.Tenant.Required.Value }, Moment(span?.Start), Moment(span?.End),
                new() { Value = whose.Reach == Reach.Own }, new() { Value = whose.Me.Value },
                new() { Value = (object?)whose.Person?.Value ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Bigint },
            },
        };
    }
}
