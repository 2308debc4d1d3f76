using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using RealEstateOs.Contracts.Marketing;
using RealEstateOs.Marketing.Adverts;
using RealEstateOs.Marketing.LandingPages;
using RealEstateOs.Marketing.Templates;
using RealEstateOs.Platform.Http;
using RealEstateOs.Platform.Security;
using RealEstateOs.Platform.Serialization;

namespace RealEstateOs.Marketing.Assets;

/// <summary>Writes a campaign's public page.</summary>
internal sealed class LandingPageWriter(MarketingDb db, PublicAddress address)
{
    /// <summary>
    /// The page of the campaign, written anew where that is asked; saved by the caller. What is public changes at a launch only.
    /// </summary>
    public async Task<LandingPage> WriteAsync(MarketingCampaign campaign, AdSubject subject, bool anew, CancellationToken ct)
    {
        var page = await db.LandingPages.FirstOrDefaultAsync(p => p.CampaignId == campaign.Id, ct);
        if (page is not null && !anew) return page;
        if (page is null)
        {
            page = new LandingPage { CampaignId = campaign.Id, PropertyId = campaign.PropertyId, Token = Secrets.NewToken() };
            db.Add(page);
        }
        var template = StarterTemplates.Find(AssetPlan.TemplateOf(campaign, MarketingChannel.LandingPage, subject.Market));
        page.Theme = template?.Theme ?? page.Theme;
        page.Contents = JsonSerializer.SerializeToElement(campaign.LanguageSet.ToDictionary(l => Vocabulary.Word(l),
            l => AdWriter.Write(subject, campaign, l, address.Of(page.Path))), Json.Options);
        page.Photos = JsonSerializer.SerializeToElement(AssetPress.PhotosOf(subject), Json.Options);
        return page;
    }
}
