using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using RealEstateOs.Analytics.Figures;

namespace RealEstateOs.Analytics.Dashboards;

/// <summary>The figures of each kind of record.</summary>
internal static class FigureEndpoints
{
    /// <summary>Properties by type and status, what they are worth, how long they took to sell.</summary>
    public static Task<Results<Ok<PropertyFiguresResponse>, NotFound>> Properties([AsParameters] FigureQuery query, FigureDesk desk,
        PropertyFigures figures, CancellationToken ct) =>
        AnswerAsync(desk.For(MayRead.Properties), query, null, context => figures.CountAsync(context, ct), ct);

    /// <summary>Leads by status and source, and the funnel. What came of each source, how fast they were answered.</summary>
    public static Task<Results<Ok<LeadFiguresResponse>, NotFound>> Leads([AsParameters] FigureQuery query, FigureDesk desk,
        LeadFigures figures, CancellationToken ct) =>
        AnswerAsync(desk.For(MayRead.Leads), query, null, context => figures.CountAsync(context, ct), ct);

    /// <summary>
    /// Deals by stage and type, and how many were won. How long each stage took, what the open ones are expected to bring.
    /// </summary>
    public static Task<Results<Ok<DealFiguresResponse>, NotFound>> Deals([AsParameters] FigureQuery query, FigureDesk desk,
        DealFigures figures, CancellationToken ct) =>
        AnswerAsync(desk.For(MayRead.Deals), query, null, context => figures.CountAsync(context, ct), ct);

    /// <summary>Campaigns to leads with what came of them. Advertising with its cost and return.</summary>
    public static Task<Results<Ok<CampaignFiguresResponse>, NotFound>> Campaigns([AsParameters] FigureQuery query, FigureDesk desk,
        CampaignFigures figures, CancellationToken ct) =>
        AnswerAsync(desk.For(MayRead.Campaigns), query, null, context => figures.CountAsync(context, ct), ct);

    /// <summary>Revenue, expenses and what is expected, by month, agent and source; default the last 12 months.</summary>
    public static Task<Results<Ok<RevenueFiguresResponse>, NotFound>> Revenue([AsParameters] FigureQuery query, FigureDesk desk,
        RevenueFigures figures, CancellationToken ct) =>
        AnswerAsync(desk.For(MayRead.Deals), query, "12m", context => figures.CountAsync(context, ct), ct);

    internal static async Task<Results<Ok<T>, NotFound>> AnswerAsync<T>(FigureDesk desk, FigureQuery query, string? usual,
        Func<FigureContext, Task<T>> count, CancellationToken ct)
        where T : FigureResponse =>
        await desk.OpenAsync(query, usual, ct) is { } context ? TypedResults.Ok(await desk.AnswerAsync(context, count))
            : TypedResults.NotFound();
}
