using RealEstateOs.Contracts.Marketing;
using RealEstateOs.Platform.Persistence;

namespace RealEstateOs.Marketing.Campaigns;

/// <summary>What became of a channel at a launch.</summary>
public enum DistributionOutcome { Distributed, Ready, Blocked, Failed }

/// <summary>One channel of one launch.</summary>
internal sealed class Distribution : Entity<DistributionId>
{
    public MarketingCampaignId CampaignId { get; set; }
    public MarketingChannel Channel { get; set; }
    public DistributionOutcome Outcome { get; set; }
    public string? Detail { get; set; }
    /// <summary>What it became in the module that sends it, such as <c>ocamp_7</c>.</summary>
    public string? SentAs { get; set; }
}

/// <summary>Money spent on a channel of a campaign, in the campaign's currency.</summary>
internal sealed class Expense : Entity<ExpenseId>
{
    public MarketingCampaignId CampaignId { get; set; }
    public MarketingChannel Channel { get; set; }
    public decimal Amount { get; set; }
    public DateOnly SpentOn { get; set; }
    public string? Note { get; set; }
}
