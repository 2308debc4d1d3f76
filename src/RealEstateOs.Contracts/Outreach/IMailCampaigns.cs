using RealEstateOs.Contracts.Leads;

namespace RealEstateOs.Contracts.Outreach;

/// <summary>Sends mails that another module has written and had approved, as campaigns of this office.</summary>
public interface IMailCampaigns
{
    /// <summary>
    /// Starts a campaign in the caller's transaction, to those of the audience whom its user may see: suppression, unsubscribing, tracked
    /// links and counting are those of every campaign.
    /// </summary>
    Task<CampaignId> SendAsync(MailCampaign mail, CancellationToken ct);

    /// <summary>What became of campaigns, in one query; unknown ones are left out.</summary>
    Task<IReadOnlyDictionary<CampaignId, MailFigures>> FiguresAsync(IReadOnlyCollection<CampaignId> campaigns, CancellationToken ct);
}

/// <param name="Html">As it is sent: nothing in it is a variable.</param>
public sealed record MailCampaign(string Name, string Subject, string Html, LeadWish Audience);

public sealed record MailFigures(int Recipients, int Sent, int Delivered, int Opened, int Clicked, int Bounced, int Unsubscribed);
