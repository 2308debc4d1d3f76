using RealEstateOs.Contracts.Marketing;
using RealEstateOs.Contracts.Properties;
using RealEstateOs.Contracts.Workflows;
using RealEstateOs.Marketing.Adverts;

namespace RealEstateOs.Marketing.PackageSteps;

internal sealed record ListingInput
{
    public required PropertyId PropertyId { get; init; }
}

/// <summary>What the rules of the market say about the listing as its landing page would show it.</summary>
internal sealed class CompliancePreview(IAdvertisingRules rules, IPropertyReader properties, AdSubjects subjects)
    : IWorkflowStep<ListingInput>
{
    public async Task<StepResult> RunAsync(ListingInput input, StepContext context, CancellationToken ct)
    {
        await properties.RequireAsync([input.PropertyId], ct);
        var subject = (await subjects.OfAsync([(input.PropertyId, null)], ct)).Values.First();
        var texts = new[] { subject.Advert?.Title, subject.Advert?.Description ?? subject.Listing?.Description }.OfType<string>();
        var check = (await rules.CheckAsync([new() { PropertyId = input.PropertyId, Channel = MarketingChannel.LandingPage,
            Occasion = MarketingCampaignType.NewListing, Texts = [.. texts] }], ct))[0];
        return StepResult.Done(new { may_be_advertised = !check.IsBlocked, findings = check.Findings });
    }
}
