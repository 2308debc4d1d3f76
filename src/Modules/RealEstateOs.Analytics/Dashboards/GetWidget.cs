using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using RealEstateOs.Analytics.Figures;
using RealEstateOs.Analytics.Goals;
using RealEstateOs.Platform.Problems;
using RealEstateOs.Platform.Serialization;

namespace RealEstateOs.Analytics.Dashboards;

/// <summary>The piece of the dashboard; engagement is what became of messages and calls.</summary>
public enum WidgetType { Properties, Leads, Deals, Campaigns, Revenue, Overview, Goals, Activities, Engagement }

/// <param name="Data">As the endpoint of the same name answers it.</param>
/// <param name="Title">A heading for people, in English.</param>
public sealed record WidgetResponse(WidgetType Widget, string Title, object Data);

internal static class GetWidget
{
    /// <summary>One part of a dashboard; default the last 30 days.</summary>
    /// <param name="type">properties, leads, deals, campaigns, revenue, overview, goals, activities or engagement.</param>
    public static async Task<Results<Ok<WidgetResponse>, NotFound>> Handle(
        string type, [AsParameters] FigureQuery query, FigureDesk desk, PropertyFigures properties, LeadFigures leads, DealFigures deals,
        CampaignFigures campaigns,
        RevenueFigures revenue, Overview overview, GoalProgress goals, ActivityFigures activities, Engagement engagement,
        CancellationToken ct)
    {
        if (!Vocabulary.TryRead<WidgetType>(type, out var widget)) throw Problem.Invalid(FieldError.Format("type",
            Vocabulary.Explain(typeof(WidgetType))) with { In = "path" });
        if (PermissionOf(widget) is { } permission) desk.For(permission);
        if (await desk.OpenAsync(query, "30d", ct) is not { } context) return TypedResults.NotFound();
        async Task<object> AnswerAsync<T>(Func<FigureContext, Task<T>> count) where T : FigureResponse => await desk.AnswerAsync(context,
            count);
        return TypedResults.Ok(new WidgetResponse(widget, TitleOf(widget), widget switch
        {
            WidgetType.Properties => await AnswerAsync(c => properties.CountAsync(c, ct)),
            WidgetType.Leads => await AnswerAsync(c => leads.CountAsync(c, ct)),
            WidgetType.Deals => await AnswerAsync(c => deals.CountAsync(c, ct)),
            WidgetType.Campaigns => await AnswerAsync(c => campaigns.CountAsync(c, ct)),
            WidgetType.Revenue => await AnswerAsync(c => revenue.CountAsync(c, ct)),
            WidgetType.Overview => await AnswerAsync(c => overview.CountAsync(c, ct)),
            WidgetType.Engagement => await AnswerAsync(c => engagement.CountAsync(c, ct)),
            WidgetType.Goals => await goals.OfAsync(context, ct),
            _ => await activities.RecentAsync(context, ct),
        }));
    }

    private static string? PermissionOf(WidgetType widget) => widget switch
    {
        WidgetType.Properties => MayRead.Properties, WidgetType.Leads => MayRead.Leads, WidgetType.Deals or WidgetType.Revenue =>
            MayRead.Deals,
        WidgetType.Campaigns => MayRead.Campaigns, _ => null,
    };

    private static string TitleOf(WidgetType widget) => widget switch
    {
        WidgetType.Overview => "Performance", WidgetType.Activities => "Recent activities", _ => widget.ToString(),
    };
}
