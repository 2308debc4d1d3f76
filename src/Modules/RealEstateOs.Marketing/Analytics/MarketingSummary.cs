using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using RealEstateOs.Contracts.Auth;
using RealEstateOs.Contracts.Marketing;
using RealEstateOs.Contracts.Measures;
using RealEstateOs.Marketing.Campaigns;
using RealEstateOs.Platform.Authorization;
using RealEstateOs.Platform.Persistence;
using RealEstateOs.Platform.Problems;
using RealEstateOs.Platform.Serialization;

namespace RealEstateOs.Marketing.Analytics;

/// <summary>All campaigns of a period.</summary>
/// <param name="TotalSpend">In <paramref name="Currency"/>: the organization's, or the only one in which something was spent.</param>
/// <param name="SpendByCurrency">What was spent in each currency: they are never added.</param>
/// <param name="AverageResponseRate">Leads for each view of a landing page; null where nothing was viewed.</param>
/// <param name="Roi">Commission of deals with these leads against the spend; null where one of them is not known.</param>
/// <param name="LeadsGenerated">Who asked by a landing page of these campaigns.</param>
/// <param name="PageViews">Of landing pages.</param>
/// <param name="Note">What the figures leave out.</param>
/// <param name="TotalCampaigns">Campaigns that were added or launched in the period.</param>
/// <param name="ActiveCampaigns">Of these, those that are out.</param>
/// <param name="CompletedCampaigns">Of these, those that have ended.</param>
public sealed record MarketingTotals(
    int TotalCampaigns, int ActiveCampaigns, int CompletedCampaigns, decimal TotalSpend, decimal? AverageResponseRate, decimal? Roi,
    long LeadsGenerated, long PageViews, string Currency,
    IReadOnlyDictionary<string, decimal> SpendByCurrency, string? Note);

/// <param name="CostPerLead">Of the campaigns in the summary's currency, as <paramref name="Spend"/>.</param>
/// <param name="ResponseRate">Leads for each view; measured where the channel leads to a page.</param>
/// <param name="Campaigns">Campaigns that use the channel.</param>
/// <param name="Spend">Expenses for the channel in the summary's currency.</param>
public sealed record ChannelPerformance(int Campaigns, decimal? ResponseRate, decimal? CostPerLead, decimal Spend);

/// <param name="ResponseRate">Leads for each view of its landing page, 0 to 1.</param>
/// <param name="CampaignId">Id of the campaign.</param>
/// <param name="Name">What the office calls it.</param>
/// <param name="LeadsGenerated">Who asked by its landing page.</param>
/// <param name="Roi">commissions ÷ spend − 1; null where one of them is not known.</param>
public sealed record TopCampaign(string CampaignId, string Name, decimal? ResponseRate, long LeadsGenerated, decimal? Roi);

/// <summary>What marketing has brought, counted.</summary>
/// <param name="PerformanceByChannel">By the channel's word; a campaign counts with each of its channels.</param>
/// <param name="TopPerformingCampaigns">The five with the most leads.</param>
/// <param name="From">Beginning of the period.</param>
/// <param name="To">The end of the period: when it was asked.</param>
public sealed record MarketingSummaryResponse(
    MarketingTotals Summary, IReadOnlyDictionary<string, ChannelPerformance> PerformanceByChannel,
    IReadOnlyList<TopCampaign> TopPerformingCampaigns, DateTimeOffset From, DateTimeOffset To);

internal static class MarketingSummary
{
    private static readonly MarketingCampaignStatus[] Active = [MarketingCampaignStatus.InProgress, MarketingCampaignStatus.Scheduled,
        MarketingCampaignStatus.Approved, MarketingCampaignStatus.PendingReview];

    /// <summary>Campaigns of a period with what was measured of them; what nothing measured is null.</summary>
    /// <param name="period"><c>7d</c>, <c>30d</c> (default), <c>90d</c>, <c>12m</c> …</param>
    /// <param name="campaignType">One kind of campaign, or <c>all</c>.</param>
    public static async Task<Ok<MarketingSummaryResponse>> Handle(
        MarketingDb db, CurrentUser user, CampaignFigures figures, IOrganizationDirectory organizations, TimeProvider clock,
        CancellationToken ct,
        [FromQuery] string? period = null, [FromQuery(Name = "campaign_type")] string? campaignType = null)
    {
        var now = clock.Now();
        var from = now - Span(period);
        var campaigns = db.Campaigns.AsNoTracking().VisibleTo(user, MarketingPermissions.Read)
            .Where(c => c.CreatedAt >= from || c.LaunchedAt >= from);
        if (campaignType is { Length: > 0 } and not "all")
        {
            if (!Vocabulary.TryRead<MarketingCampaignType>(campaignType, out var type))
                throw Problem.Invalid(FieldError.Format("campaign_type",
                    $"must be all, or one of {string.Join(", ", Vocabulary.WordsOf(typeof(MarketingCampaignType)))}") with { In =
                        "query" });
            campaigns = campaigns.Where(c => c.CampaignType == type);
        }
        var all = await figures.CompleteAsync([.. (await campaigns.ToListAsync(ct)).Select(MarketingCampaignResponse.Of)], ct);
        var amounts = AmountsByCurrency.Of(all.Where(c => c.Spend != 0).Select(c => (c.Currency, (decimal?)c.Spend)),
            (await organizations.DefaultsAsync(ct)).Currency);
        var ids = all.Where(c => c.Currency == amounts.Currency).Select(c => c.Key).ToArray();
        var spend = (await db.Expenses.AsNoTracking().Where(e => ids.Contains(e.CampaignId)).GroupBy(e => e.Channel)
            .Select(g => new { g.Key, Sum = g.Sum(e => e.Amount) }).ToListAsync(ct)).ToDictionary(s => s.Key, s => s.Sum);
        return TypedResults.Ok(new MarketingSummaryResponse(
            Totals(all, amounts),
            Enum.GetValues<MarketingChannel>().ToDictionary(Vocabulary.Word,
                c => Channel(c, all, spend.GetValueOrDefault(c), amounts.Currency)),
            [.. all.Where(c => c.Performance!.LeadsGenerated > 0).OrderByDescending(c => c.Performance!.LeadsGenerated).Take(5)
                .Select(c => new TopCampaign(c.Id, c.Name, c.Performance!.ResponseRate, c.Performance.LeadsGenerated, null))],
            from, now));
    }

    private static MarketingTotals Totals(IReadOnlyList<MarketingCampaignResponse> all, AmountsByCurrency amounts)
    {
        var (views, leads) = (all.Sum(c => c.Performance!.PageViews), all.Sum(c => c.Performance!.LeadsGenerated));
        return new(
            all.Count, all.Count(c => Active.Contains(c.Status)), all.Count(c => c.Status == MarketingCampaignStatus.Completed),
            amounts.Total,
            CampaignFigures.Of(views, leads, 0).ResponseRate, null, leads, views, amounts.Currency, amounts.ByCurrency,
            string.Join(" ", ["roi is null: no commission has been booked on a lead of these campaigns.",
                .. amounts.Notes.Select(n => n.Replace("by_currency", "spend_by_currency", StringComparison.Ordinal))]));
    }

    private static ChannelPerformance Channel(MarketingChannel channel, IReadOnlyList<MarketingCampaignResponse> all, decimal spend,
        string currency)
    {
        var of = all.Where(c => c.Channels.Contains(Vocabulary.Word(channel))).ToArray();
        // A lead is counted where it came in: at the page.
        var (views, leads) = channel == MarketingChannel.LandingPage
            ? (of.Sum(c => c.Performance!.PageViews), of.Sum(c => c.Performance!.LeadsGenerated)) : (0, 0);
        var paid = channel == MarketingChannel.LandingPage
            ? of.Where(c => c.Currency == currency).Sum(c => c.Performance!.LeadsGenerated) : 0;
        return new ChannelPerformance(of.Length, CampaignFigures.Of(views, leads, 0).ResponseRate,
            CampaignFigures.Of(0, paid, spend).CostPerLead, spend);
    }

    private static TimeSpan Span(string? text)
    {
        var period = string.IsNullOrWhiteSpace(text) ? "30d" : text.Trim().ToLowerInvariant();
        var digits = new string([.. period.TakeWhile(char.IsAsciiDigit)]);
        if (digits.Length is > 0 and < 5 && int.Parse(digits, CultureInfo.InvariantCulture) is > 0 and var number)
        {
            switch (period[digits.Length..].Trim('_', ' '))
            {
                case "d" or "day" or "days" when number <= 3660: return TimeSpan.FromDays(number);
                case "m" or "month" or "months" when number <= 120: return TimeSpan.FromDays(number * 30.4375);
                case "y" or "year" or "years" when number <= 10: return TimeSpan.FromDays(number * 365.25);
            }
        }
        throw Problem.Invalid(FieldError.Format("period", "is a span such as 7d, 30d, 90d or 12m") with { In = "query" });
    }
}
