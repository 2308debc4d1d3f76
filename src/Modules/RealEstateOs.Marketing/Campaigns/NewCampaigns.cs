using System.Text.Json;
using RealEstateOs.Contracts.Auth;
using RealEstateOs.Contracts.Marketing;
using RealEstateOs.Contracts.Properties;
using RealEstateOs.Marketing.Templates;
using RealEstateOs.Platform.Problems;
using RealEstateOs.Platform.Serialization;

namespace RealEstateOs.Marketing.Campaigns;

/// <summary>Fills a campaign from what was asked, and refuses what does not exist.</summary>
internal sealed class NewCampaigns(IListings listings, IPropertyReader properties, IOrganizationDirectory organizations, Designs designs)
{
    public async Task<MarketingCampaign> MakeAsync(CampaignOrder order, string? name, CancellationToken ct)
    {
        var listing = await FindAsync(order, ct);
        var currency = listing?.Currency ?? (await organizations.DefaultsAsync(ct)).Currency;
        var type = order.CampaignType ?? MarketingCampaignType.NewListing;
        var campaign = new MarketingCampaign { Name = name ?? $"{Title(type)}: {listing?.Address}", Currency = currency,
            CampaignType = type, PropertyId = order.PropertyId };
        Apply(order, campaign);
        return campaign;
    }

    /// <summary>Refuses with a 422 where the property or a template does not exist.</summary>
    public async Task<ListingSnapshot?> FindAsync(CampaignOrder order, CancellationToken ct)
    {
        var faults = await TemplateFaultsAsync(order.Customizations?.Templates, ct);
        // Named in a body: what its author may not see is not there.
        var listing = order.PropertyId is { } id && (await properties.SummariesAsync([id], ct)).ContainsKey(id)
            ? (await listings.SnapshotsAsync([id], ct)).GetValueOrDefault(id) : null;
        if (order.PropertyId is not null && listing is null)
            faults.Insert(0, FieldError.Format("property_id", "names no property of the organization"));
        return faults.Count == 0 ? listing : throw Problem.Invalid(faults);
    }

    public static void Apply(CampaignOrder order, MarketingCampaign campaign)
    {
        if (order.TargetChannels is { } channels) campaign.Channels = [.. channels.Distinct().Select(Vocabulary.Word)];
        campaign.Budget = order.Given(order.Budget, campaign.Budget);
        campaign.TargetAudience = order.Given(order.TargetAudience, campaign.TargetAudience);
        campaign.Metadata = order.Given(order.Metadata, campaign.Metadata);
        if (campaign.Customizations.ValueKind != JsonValueKind.Object || order.Has(nameof(order.Customizations)))
            campaign.Customizations = JsonSerializer.SerializeToElement(order.Customizations ?? new AdWishes(), Json.Options);
        if (order.Customizations?.Languages is { } languages) campaign.Languages = [.. languages.Distinct()];
    }

    private async Task<List<FieldError>> TemplateFaultsAsync(TemplateWishes? asked, CancellationToken ct)
    {
        var faults = new List<FieldError>();
        if (asked is null) return faults;
        foreach (var (category, reference) in new[]
        {
            (TemplateCategory.Postcard, asked.Postcard), (TemplateCategory.Flyer, asked.Flyer), (TemplateCategory.Email, asked.Email),
            (TemplateCategory.Social, asked.Social), (TemplateCategory.LandingPage, asked.LandingPage),
        })
            if (reference is not null && await designs.CategoryAsync(reference, ct) != category)
                faults.Add(FieldError.Format($"customizations.templates.{Vocabulary.Word(category)}",
                    $"names no template for a {Vocabulary.Word(category).Replace('_', ' ')}"));
        return faults;
    }

    private static string Title(MarketingCampaignType type)
    {
        var words = Vocabulary.Word(type).Replace('_', ' ');
        return char.ToUpperInvariant(words[0]) + words[1..];
    }
}
