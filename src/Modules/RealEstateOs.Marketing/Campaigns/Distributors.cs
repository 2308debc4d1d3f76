using System.Text;
using Microsoft.EntityFrameworkCore;
using RealEstateOs.Contracts.Ids;
using RealEstateOs.Contracts.Marketing;
using RealEstateOs.Contracts.Outreach;
using RealEstateOs.Contracts.Social;
using RealEstateOs.Marketing.LandingPages;
using RealEstateOs.Marketing.Rendering;
using RealEstateOs.Platform.Persistence;
using RealEstateOs.Platform.Storage;

namespace RealEstateOs.Marketing.Campaigns;

/// <summary>Hands an approved channel to whoever brings it to people.</summary>
internal sealed class Distributors(MarketingDb db, IMailCampaigns mails, ISocialLaunch social, Files files, TimeProvider clock)
{
    public async Task<(DistributionOutcome Outcome, string? Detail, string? SentAs)> SendAsync(
        MarketingChannel channel, MarketingCampaign campaign, LandingPage? page, LaunchAudience? audience, CancellationToken ct)
    {
        switch (channel)
        {
            case MarketingChannel.LandingPage when page is null:
                return (DistributionOutcome.Failed, "It has no page yet: generate landing_page first.", null);
            case MarketingChannel.LandingPage:
                page.Publish(clock.Now());
                return (DistributionOutcome.Distributed, "The page is public.", null);
            case MarketingChannel.Email: return await MailAsync(campaign, audience, ct);
            case MarketingChannel.Social: return await SocialAsync(campaign, ct);
            default: return (DistributionOutcome.Ready, "Its files are ready for the printer.", null);
        }
    }

    private async Task<(DistributionOutcome, string?, string?)> SocialAsync(MarketingCampaign campaign, CancellationToken ct)
    {
        var language = campaign.LanguageSet.First() == AdLanguage.Ar ? "ar" : "en";
        return await social.TakeAsync(campaign.Id, campaign.PropertyId, campaign.CampaignType, language,
            ct) is { Campaign: { } planned } handed
            ? (DistributionOutcome.Distributed, $"Posts are planned: {handed.Posts}.", planned.Reference())
            : (DistributionOutcome.Ready, "Its pictures are ready; no account of a network is connected to post them.", null);
    }

    private async Task<(DistributionOutcome, string?, string?)> MailAsync(MarketingCampaign campaign, LaunchAudience? audience,
        CancellationToken ct)
    {
        if (await db.Distributions.AsNoTracking()
            .Where(d => d.CampaignId == campaign.Id && d.Channel == MarketingChannel.Email && d.SentAs != null).Select(d => d.SentAs)
            .FirstOrDefaultAsync(ct) is { } before)
            return (DistributionOutcome.Distributed, "The mail has been sent before.", before);
        if (audience is null) return (DistributionOutcome.Ready, "Name an audience to send the mail.", null);
        var language = campaign.LanguageSet.First();
        var asset = await db.Assets.AsNoTracking()
            .FirstOrDefaultAsync(a => a.CampaignId == campaign.Id && a.Channel == MarketingChannel.Email && a.Language == language
                && a.State == AssetState.Ready, ct);
        if (asset?.FileKey is null || await ReadAsync(asset.FileKey, ct) is not { } html)
            return (DistributionOutcome.Failed, "It has no mail yet: generate email_html first.", null);
        var subject = campaign.Subject ?? campaign.Wishes.Headline ?? campaign.Name;
        var sent = await mails.SendAsync(new MailCampaign(campaign.Name, subject, html, audience.Wish), ct);
        return (DistributionOutcome.Distributed, "The mail is being sent.", sent.Reference());
    }

    private async Task<string?> ReadAsync(string key, CancellationToken ct)
    {
        await using var content = await files.OpenAsync(FileKey.Parse(key), ct);
        if (content is null) return null;
        using var reader = new StreamReader(content, Encoding.UTF8);
        return await reader.ReadToEndAsync(ct);
    }
}
