using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using RealEstateOs.Contracts.Ids;
using RealEstateOs.Contracts.Outreach;
using RealEstateOs.Outreach.Messages;
using RealEstateOs.Platform.Authorization;
using RealEstateOs.Platform.Jobs;
using RealEstateOs.Platform.Persistence;
using RealEstateOs.Platform.Serialization;

namespace RealEstateOs.Outreach.Campaigns;

/// <summary>Campaigns whose mails come from another module.</summary>
internal sealed class MailCampaigns(OutreachDb db, JobQueue jobs, CurrentUser user, TimeProvider clock) : IMailCampaigns
{
    public async Task<CampaignId> SendAsync(MailCampaign mail, CancellationToken ct)
    {
        var campaign = new Campaign
        {
            Name = mail.Name, CampaignType = CampaignType.Email, Subject = Literal(mail.Subject), Content = Literal(mail.Html),
            Audience = JsonSerializer.SerializeToElement(mail.Audience.SeenBy(user), Json.Options),
        };
        campaign.Start(clock.Now());
        db.Add(campaign);
        await db.SaveChangesAsync(ct);
        await jobs.EnqueueAsync(DeliverCampaign.Kind, new CampaignToSend(campaign.Id), ct, resource: campaign.Id.Reference());
        return campaign.Id;
    }

    public async Task<IReadOnlyDictionary<CampaignId, MailFigures>> FiguresAsync(IReadOnlyCollection<CampaignId> campaigns,
        CancellationToken ct)
    {
        var wanted = campaigns.Distinct().ToArray();
        if (wanted.Length == 0) return new Dictionary<CampaignId, MailFigures>();
        return await db.Campaigns.AsNoTracking().Where(c => wanted.Contains(c.Id)).ToDictionaryAsync(
            c => c.Id,
            c => new MailFigures(c.TotalRecipients, c.SentCount, c.DeliveredCount, c.OpenedCount, c.ClickedCount, c.BouncedCount,
                c.UnsubscribedCount), ct);
    }

    // Two braces would be a variable.
    private static string Literal(string text) => text.Replace("{{", "{\u200B{", StringComparison.Ordinal);
}
