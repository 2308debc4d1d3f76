using RealEstateOs.Contracts.Marketing;
using RealEstateOs.Contracts.Properties;
using RealEstateOs.Contracts.Workflows;
using RealEstateOs.Platform.Serialization;
using RealEstateOs.Syndication.Feeds;

namespace RealEstateOs.Syndication.PackageSteps;

internal sealed record AdvisedListing
{
    public required PropertyId PropertyId { get; init; }
}

/// <summary>Advice that holds for every portal.</summary>
internal sealed class ListingAdvice(IPropertyReader properties, IAdverts adverts) : IWorkflowStep<AdvisedListing>
{
    public async Task<StepResult> RunAsync(AdvisedListing input, StepContext context, CancellationToken ct)
    {
        await properties.RequireAsync([input.PropertyId], ct);
        var subject = (await adverts.OfAsync([input.PropertyId], ct))[input.PropertyId];
        var advice = FeedCheck.Advice(subject with { Advert = subject.Advert ?? new AdvertDetails() }).ToArray();
        return StepResult.Done(new { advice = advice.Select(a => new { code = a.Code, message = a.Message }),
            has_advert = subject.Advert is not null });
    }
}

/// <summary>Each portal of the listing, by the checks of its feed.</summary>
internal sealed class PortalCheck(IAdvertisingRules rules, IPropertyReader properties, IAdverts adverts) : IWorkflowStep<AdvisedListing>
{
    public async Task<StepResult> RunAsync(AdvisedListing input, StepContext context, CancellationToken ct)
    {
        await properties.RequireAsync([input.PropertyId], ct);
        var subject = (await adverts.OfAsync([input.PropertyId], ct))[input.PropertyId];
        if (subject.Advert is not { Portals.Count: > 0 } advert)
            return StepResult.Skipped("The listing is meant for no portal: PUT /api/v1/marketing/adverts/{property_id} names them.");
        var texts = new[] { advert.Title, advert.TitleAr, advert.Description ?? subject.Listing?.Description,
            advert.DescriptionAr }.OfType<string>();
        var check = (await rules.CheckAsync(
            [new() { PropertyId = input.PropertyId, Channel = MarketingChannel.LandingPage, Texts = [.. texts] }], ct))[0];
        var portals = advert.Portals.Select(
            word => (Word: word, Faults: Vocabulary.TryRead<Portal>(word, out var portal) ? FeedCheck.Of(portal, subject, check).ToArray()
                : [])).ToArray();
        var taken = portals.Where(p => !p.Faults.Any(f => f.IsBlocking)).Select(p => p.Word).ToArray();
        return StepResult.Done(
            new { listed = taken, portals = portals.Select(
                p => new { portal = p.Word, is_listed = taken.Contains(p.Word), faults = p.Faults }) },
            taken.Length > 0 ? [new Deliverable("Property Listing", null)] : []);
    }
}
