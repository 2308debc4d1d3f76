using Npgsql;
using RealEstateOs.Contracts.Outreach;
using RealEstateOs.Platform.Authorization;
using RealEstateOs.Platform.Persistence;
using RealEstateOs.Platform.Serialization;

namespace RealEstateOs.Analytics.Figures;

/// <summary>Campaigns to leads that were added during the period, of all time without one, and advertising in it.</summary>
public sealed record CampaignFiguresResponse : FigureResponse
{
    /// <summary>Campaigns that were added within the days.</summary>
    public required long TotalCampaigns { get; init; }
    /// <summary>Campaigns by status; what does not occur is left out.</summary>
    public required IReadOnlyDictionary<string, long> ByStatus { get; init; }
    /// <summary>Campaigns by type; what does not occur is left out.</summary>
    public required IReadOnlyDictionary<string, long> ByType { get; init; }
    /// <summary>People that they were meant for.</summary>
    public required long TotalRecipients { get; init; }
    /// <summary>Messages that left.</summary>
    public required long TotalSent { get; init; }
    /// <summary>Messages that the recipients' side took.</summary>
    public required long TotalDelivered { get; init; }
    /// <summary>Messages that a person opened.</summary>
    public required long TotalOpened { get; init; }
    /// <summary>Messages with a link that a person followed.</summary>
    public required long TotalClicked { get; init; }
    /// <summary>delivered / sent; null where nothing was sent, as the other rates.</summary>
    public required decimal? DeliveryRate { get; init; }
    /// <summary>Opened ÷ sent, 0 to 1; null where nothing was sent.</summary>
    public required decimal? OpenRate { get; init; }
    /// <summary>Clicked ÷ sent, 0 to 1; null where nothing was sent.</summary>
    public required decimal? ClickRate { get; init; }
    /// <summary>null to whom the permission <c>marketing:read</c> is missing.</summary>
    public required AdvertisingFigures? Marketing { get; init; }

    internal override IEnumerable<(string Name, decimal? Value)> Main() =>
        [("total_campaigns", TotalCampaigns), ("total_sent", TotalSent), ("open_rate", OpenRate), ("click_rate", ClickRate),
            ("marketing_leads", Marketing?.LeadsGenerated)];
}

/// <summary>Advertising of properties in the period.</summary>
/// <param name="ResponseRate">Leads for each view of a landing page.</param>
/// <param name="Commissions">Of won deals with these leads, whenever they closed.</param>
/// <param name="Roi">commissions / spend − 1; null where nothing was spent or no such deal carries a rate.</param>
/// <param name="Packages">Marketing packages that were added.</param>
/// <param name="PageViews">Views of landing pages.</param>
/// <param name="LeadsGenerated">Leads that came by landing pages.</param>
/// <param name="Spend">Marketing's expenses in the organization's currency.</param>
/// <param name="CostPerLead">spend ÷ leads_generated; null without leads.</param>
public sealed record AdvertisingFigures(
    long Packages, long PageViews, long LeadsGenerated, decimal? ResponseRate, decimal Spend, decimal? CostPerLead, decimal? Commissions,
    decimal? Roi);

internal sealed class CampaignFigures(UnitOfWork work, CurrentUser user)
{
    private const string OutreachSql =
        """
        select status, campaign_type, count(*), sum(total_recipients), sum(sent_count), sum(delivered_count), sum(opened_count),
            sum(clicked_count)
        from outreach.report_campaigns where organization_id = $1 and created_at >= $2 and created_at < $3 and (not $4 or created_by = $5)
            and ($6 = 0 or created_by = $6) group by 1, 2
        """;

    private const string MarketingSql =
        """
        with leads as (
            select distinct lead_id from marketing.report_enquiries
            where organization_id = $1 and created_at >= $2 and created_at < $3 and (not $4 or created_by = $5)
                and ($6 = 0 or created_by = $6))
        select
            (select count(*) from marketing.report_campaigns where organization_id = $1 and created_at >= $2 and created_at < $3
                and (not $4 or created_by = $5) and ($6 = 0 or created_by = $6)),
            (select coalesce(sum(views), 0)::bigint from marketing.report_page_days where organization_id = $1 and day >= $7 and day <= $8
                and (not $4 or created_by = $5) and ($6 = 0 or created_by = $6)),
            (select count(*) from leads),
            (select coalesce(sum(amount), 0) from marketing.report_expenses
                where organization_id = $1 and spent_on >= $7 and spent_on <= $8 and currency = $9 and (not $4 or created_by = $5)
                    and ($6 = 0 or created_by = $6)),
            (select sum(d.gross_commission) from deals.report_deals d join leads l on l.lead_id = d.lead_id
                where $10 and d.organization_id = $1 and d.stage = 'closed_won' and d.currency = $9)
        """;

    public async Task<CampaignFiguresResponse> CountAsync(FigureContext context, CancellationToken ct)
    {
        var rows = new List<(Cell Cell, long[] Sums)>();
        if (user.May(MayRead.Campaigns))
        {
            await using var command = await CommandAsync(OutreachSql, context, MayRead.Campaigns, ct);
            await using var row = await command.ExecuteReaderAsync(ct);
            while (await row.ReadAsync(ct))
                rows.Add((new(row.GetString(0), row.GetString(1), null, null, null, row.GetInt64(2), default, default, default),
                    [.. Enumerable.Range(3, 5).Select(row.GetInt64)]));
        }
        long Sum(int index) => rows.Sum(r => r.Sums[index]);
        var (cells, sent) = (rows.ConvertAll(r => r.Cell), Sum(1));
        return new()
        {
            Period = context.Shown, Currency = context.Currency, AsOf = context.Now, TotalCampaigns = cells.Sum(c => c.Count),
            ByStatus = cells.By(c => c.First, Vocabulary.WordsOf(typeof(CampaignStatus))),
            ByType = cells.By(c => c.Second, Vocabulary.WordsOf(typeof(CampaignType))),
            TotalRecipients = Sum(0), TotalSent = sent, TotalDelivered = Sum(2), TotalOpened = Sum(3), TotalClicked = Sum(4),
            DeliveryRate = Numbers.Rate(Sum(2), sent),
            OpenRate = Numbers.Rate(Sum(3), sent), ClickRate = Numbers.Rate(Sum(4), sent), Marketing = user.May(MayRead.Marketing)
                ? await AdvertisingAsync(context, ct) : null,
            Notes =
            [
                .. user.May(MayRead.Campaigns) ? Array.Empty<string>() : ["Campaigns take the permission campaigns:read: none is counted."],
                .. sent == 0 ? ["Nothing was sent: the rates are null."] : Array.Empty<string>(),
            ],
        };
    }

    private async Task<AdvertisingFigures> AdvertisingAsync(FigureContext context, CancellationToken ct)
    {
        await using var command = await CommandAsync(MarketingSql, context, MayRead.Marketing, ct);
        await using var row = await command.ExecuteReaderAsync(ct);
        await row.ReadAsync(ct);
        var (views, leads, spend) = (row.GetInt64(1), row.GetInt64(2), row.GetDecimal(3));
        var commissions = row.IsDBNull(4) ? (decimal?)null : row.GetDecimal(4);
        return new(
            row.GetInt64(0), views, leads, Numbers.Rate(leads, views), spend, leads == 0 || spend == 0 ? null
                : Math.Round(spend / leads, 2), commissions,
            spend == 0 || commissions is null ? null : Math.Round(commissions.Value / spend - 1, 4));
    }

    private async Task<NpgsqlCommand> CommandAsync(string sql, FigureContext context, string permission, CancellationToken ct) =>
        new(sql, await work.OpenAsync(ct), work.Transaction)
    {
        Parameters =
        {
            new() { Value = work.Tenant.Required.Value }, new() { Value = context.Span?.Start ?? DateTimeOffset.UnixEpoch },
            new() { Value = context.Span?.End ?? context.Now.AddDays(1) },
            new() { Value = user.ReachOf(permission) == Reach.Own }, new() { Value = user.Id.Value },
            new() { Value = context.Asked.Person?.Value ?? 0L },
            new() { Value = context.Span?.From ?? new DateOnly(1970, 1, 1) }, new() { Value = context.Span?.To ?? context.Today },
            new() { Value = context.Currency },
            new() { Value = user.ReachOf(MayRead.Deals) == Reach.All },
        },
    };
}
