using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using RealEstateOs.Analytics.Figures;
using RealEstateOs.Platform.Authorization;

namespace RealEstateOs.Analytics.Dashboards;

/// <summary>How people were reached and how they answered, channel by channel.</summary>
public sealed record EngagementResponse : FigureResponse
{
    /// <summary>Campaigns to leads and advertising.</summary>
    public required CampaignFiguresResponse? Marketing { get; init; }
    /// <summary>Memos and messages to owners and leads, by channel.</summary>
    public required IReadOnlyDictionary<string, ChannelFigures>? Communications { get; init; }
    /// <summary>The assistant's conversations: the office's with <c>assistant:usage</c>, else one's own.</summary>
    public required AssistantFigures? Ai { get; init; }
    public required SocialFigures? Social { get; init; }
    public required VoiceFigures? Voice { get; init; }

    internal override IEnumerable<(string Name, decimal? Value)> Main() => [("sent", Communications?.Values.Sum(c => c.Sent)),
        ("calls", Voice?.Calls)];
}

/// <summary>Messages that were written in the period; the rates are of the sent ones, null where nothing was sent.</summary>
/// <param name="Sent">Handed to the mail server or the operator.</param>
/// <param name="Delivered">Taken by the recipient's side.</param>
/// <param name="Opened">Opened by a person; machines that open mails are not counted.</param>
/// <param name="Clicked">With a link that a person followed.</param>
/// <param name="Replied">Answered.</param>
/// <param name="Bounced">Refused by the recipient's side.</param>
public sealed record ChannelFigures(long Sent, long Delivered, long Opened, long Clicked, long Replied, long Bounced)
{
    /// <summary>Opened ÷ sent, 0 to 1.</summary>
    public decimal? OpenRate => Numbers.Rate(Opened, Sent);
    /// <summary>Answered ÷ sent, 0 to 1.</summary>
    public decimal? ReplyRate => Numbers.Rate(Replied, Sent);
}

/// <summary>Calls that somebody recorded with a lead or client.</summary>
/// <param name="Calls">Completed within the days and not called off.</param>
public sealed record VoiceFigures(long Calls);

internal sealed class Engagement(CampaignFigures campaigns, ActivityFigures activities, AutomationFigures automation,
    FactReader facts, CurrentUser user)
{
    public async Task<EngagementResponse> CountAsync(FigureContext context, CancellationToken ct) => new()
    {
        Period = context.Shown, Currency = context.Currency, AsOf = context.Now,
        Marketing = user.May(MayRead.Campaigns) || user.May(MayRead.Marketing) ? await campaigns.CountAsync(context, ct) : null,
        Communications = user.May(MayRead.Communications) ? await ChannelsAsync(context, ct) : null,
        Voice = user.May(MayRead.Leads) ? new((await activities.DoneAsync(context, ct)).GetValueOrDefault("call")) : null,
        Ai = await automation.AssistantAsync(context, ct), Social = await automation.SocialAsync(context, ct),
        Notes = ["voice counts the calls that were recorded as activities."],
    };

    private async Task<IReadOnlyDictionary<string, ChannelFigures>> ChannelsAsync(FigureContext context, CancellationToken ct)
    {
        var sent = await facts.ReadAsync(Fact.Communications, context.Span, context.Of(user, MayRead.Communications),
            Cut.First | Cut.Second, ct);
        return sent.GroupBy(c => c.First!).ToDictionary(g => g.Key, g =>
        {
            long With(string what) => g.Where(c => c.Second!.Split(' ').Contains(what)).Sum(c => c.Count);
            return new ChannelFigures(g.Sum(c => c.Count), With("delivered"), With("opened"), With("clicked"), With("replied"),
                With("bounced"));
        });
    }
}

internal static class GetEngagement
{
    /// <summary>What marketing, messages and calls brought about, by channel; default the last 30 days.</summary>
    public static Task<Results<Ok<EngagementResponse>, NotFound>> Handle([AsParameters] FigureQuery query, FigureDesk desk,
        Engagement engagement, CancellationToken ct) =>
        FigureEndpoints.AnswerAsync(desk, query, "30d", context => engagement.CountAsync(context, ct), ct);
}
