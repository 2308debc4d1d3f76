using Microsoft.Extensions.DependencyInjection;
using RealEstateOs.Platform.Workflows;

namespace RealEstateOs.Cma.PackageSteps;

/// <summary>The steps that this module brings to workflow packages.</summary>
internal static class CmaSteps
{
    public static IServiceCollection AddCmaSteps(this IServiceCollection services) => services
        .AddWorkflowStep<PropertyAnalysis, PropertyAnalysisInput>(
            "property_analysis", "Property analysis", "Values the property by registered sales and says how the market stands.",
            CmaPermissions.Read)
        .AddWorkflowStep<PricingRecommendation, PricingInput>(
            "pricing_recommendation", "Pricing recommendation", "Holds the asked price against the valuation's range.", CmaPermissions.Read)
        .AddWorkflowStep<CmaReportStep, CmaReportInput>(
            "cma_report", "CMA report", "Makes a comparative market analysis with its PDF, and waits for it.", CmaPermissions.Create)
        .AddWorkflowStep<MarketInsights, MarketInsightsInput>(
            "market_insights", "Market insights", "Sales, median prices and trend of an area, or of the whole market.", CmaPermissions.Read)
        .AddWorkflowStep<SocialProof, SocialProofInput>(
            "social_proof", "Social proof", "What the office itself has sold in an area, in a sentence to show.", CmaPermissions.Read);
}
