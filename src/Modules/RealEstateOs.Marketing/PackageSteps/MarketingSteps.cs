using Microsoft.Extensions.DependencyInjection;
using RealEstateOs.Platform.Workflows;

namespace RealEstateOs.Marketing.PackageSteps;

/// <summary>The steps that this module brings to workflow packages.</summary>
internal static class MarketingSteps
{
    public static IServiceCollection AddMarketingSteps(this IServiceCollection services) => services
        .AddWorkflowStep<CampaignCreation, CampaignCreationInput>(
            "marketing_campaign_creation", "Marketing campaign",
            "Orders a marketing package with its files, and waits until they are made.", MarketingPermissions.Create)
        .AddWorkflowStep<CampaignSubmission, CampaignSubmissionInput>(
            "marketing_review", "Submission for review", "Submits the campaign for review.", MarketingPermissions.Update)
        .AddWorkflowStep<CompliancePreview, ListingInput>(
            "compliance_check", "Compliance check", "Holds the listing against the advertising rules of its market.",
            MarketingPermissions.Read);
}
