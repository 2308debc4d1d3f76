using Npgsql;
using RealEstateOs.Analytics.Figures;
using RealEstateOs.Contracts.Auth;
using RealEstateOs.Platform.Authorization;
using RealEstateOs.Platform.Persistence;

namespace RealEstateOs.Analytics.Reports;

/// <summary>Closed deals of the period told apart by what they sold, for how much, where, by whom, and where the lead came from.</summary>
internal sealed class Segments(UnitOfWork work, IOrganizationDirectory organizations, CurrentUser user)
{
    public static readonly string[] Names = ["property_type", "price_range", "location", "agent", "source"];

    public static readonly string[] Columns = ["won", "lost", "volume", "gross_commission"];

    public async Task<ReportTable> ReadAsync(string segment, string title, FigureContext context, CancellationToken ct)
    {
        var word = segment switch
        {
            "property_type" => "coalesce(p.property_type, 'unknown')",
            "location" => "coalesce(p.community, p.city, 'unknown')",
            "agent" => "coalesce(d.assigned_to::text, 'nobody')",
            "source" => "coalesce(l.source, 'unknown')",
            _ =>
                """
                case when d.currency <> $4 then 'other currencies' when d.value < 500000 then 'under 500,000'
                    when d.value < 1000000 then '500,000 to 1 million' when d.value < 2000000 then '1 to 2 million'
                    when d.value < 5000000 then '2 to 5 million' else '5 million and more' end
                """,
        };
        // What the reader may not see of a property or a lead is unknown here as well.
        var sql =
            $"""
            select {word}, count(*) filter (where d.stage = 'closed_won'), count(*) filter (where d.stage = 'closed_lost'),
                coalesce(sum(d.value) filter (where d.stage = 'closed_won' and d.currency = $4), 0),
                coalesce(sum(d.gross_commission) filter (where d.stage = 'closed_won' and d.currency = $4), 0)
            from deals.report_deals d
            left join properties.report_properties p on p.id = d.property_id and p.organization_id = $1
                and ($7 = 2 or $7 = 1 and (p.assigned_user_id = $6 or p.created_by = $6))
            left join leads.report_leads l on l.id = d.lead_id and l.organization_id = $1
                and ($8 = 2 or $8 = 1 and (l.assigned_to = $6 or l.created_by = $6))
            where d.organization_id = $1 and d.stage in ('closed_won', 'closed_lost') and d.closed_at >= $2 and d.closed_at < $3
                and (not $5 or d.assigned_to = $6 or d.created_by = $6
                    or exists (select from deals.report_shares s where s.deal_id = d.id and s.user_id = $6))
            group by 1 order by 4 desc, 2 desc, 1
            """;
        var rows = new List<ReportRow>();
        await using (var command = new NpgsqlCommand(sql, await work.OpenAsync(ct), work.Transaction)
        {
            Parameters =
            {
                new() { Value = work.Tenant.Required.Value }, new() { Value = context.Span!.Value.Start },
                new() { Value = context.Span.Value.End }, new() { Value = context.Currency },
                new() { Value = user.ReachOf(MayRead.Deals) == Reach.Own }, new() { Value = user.Id.Value },
                new() { Value = (int)user.ReachOf(MayRead.Properties) }, new() { Value = (int)user.ReachOf(MayRead.Leads) },
            },
        })
        {
            await using var row = await command.ExecuteReaderAsync(ct);
            while (await row.ReadAsync(ct)) rows.Add(new(row.GetString(0), [row.GetInt64(1), row.GetInt64(2), row.GetDecimal(3),
                row.GetDecimal(4)]));
        }
        return new(segment, title, Columns, segment == "agent" ? await NamedAsync(rows, ct) : rows);
    }

    private async Task<List<ReportRow>> NamedAsync(List<ReportRow> rows, CancellationToken ct)
    {
        var people = await organizations.PeopleAsync([.. rows.Where(r => long.TryParse(r.Label, out _)).Select(r =>
            new UserId(long.Parse(r.Label, System.Globalization.CultureInfo.InvariantCulture)))], ct);
        return [.. rows.Select(r => long.TryParse(r.Label, out var id) ? r with { Label = people.GetValueOrDefault(new(id))?.FullName
            ?? r.Label } : r)];
    }
}
