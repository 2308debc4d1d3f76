using RealEstateOs.Contracts.Ids;

namespace RealEstateOs.Contracts.Marketing;

public readonly record struct MarketingCampaignId(long Value) : IEntityId<MarketingCampaignId>
{
    public static string Prefix => "camp";
    public static bool ShownAsReference => true;
    public static MarketingCampaignId From(long value) => new(value);
    public static bool TryParse(string? text, IFormatProvider? provider, out MarketingCampaignId id) => EntityId.TryParse(text, out id);
}

public readonly record struct AssetId(long Value) : IEntityId<AssetId>
{
    public static string Prefix => "asset";
    public static bool ShownAsReference => true;
    public static AssetId From(long value) => new(value);
    public static bool TryParse(string? text, IFormatProvider? provider, out AssetId id) => EntityId.TryParse(text, out id);
}

/// <summary>One request to make assets.</summary>
public readonly record struct GenerationId(long Value) : IEntityId<GenerationId>
{
    public static string Prefix => "gen";
    public static GenerationId From(long value) => new(value);
    public static bool TryParse(string? text, IFormatProvider? provider, out GenerationId id) => EntityId.TryParse(text, out id);
}

public readonly record struct ApprovalId(long Value) : IEntityId<ApprovalId>
{
    public static string Prefix => "appr";
    public static bool ShownAsReference => true;
    public static ApprovalId From(long value) => new(value);
    public static bool TryParse(string? text, IFormatProvider? provider, out ApprovalId id) => EntityId.TryParse(text, out id);
}

/// <summary>What an advertisement needs beside its property.</summary>
public readonly record struct AdvertId(long Value) : IEntityId<AdvertId>
{
    public static string Prefix => "adv";
    public static AdvertId From(long value) => new(value);
    public static bool TryParse(string? text, IFormatProvider? provider, out AdvertId id) => EntityId.TryParse(text, out id);
}

/// <summary>How an agent appears on advertisements.</summary>
public readonly record struct AgentProfileId(long Value) : IEntityId<AgentProfileId>
{
    public static string Prefix => "profile";
    public static AgentProfileId From(long value) => new(value);
    public static bool TryParse(string? text, IFormatProvider? provider, out AgentProfileId id) => EntityId.TryParse(text, out id);
}

/// <summary>One channel of a launch.</summary>
public readonly record struct DistributionId(long Value) : IEntityId<DistributionId>
{
    public static string Prefix => "dist";
    public static DistributionId From(long value) => new(value);
    public static bool TryParse(string? text, IFormatProvider? provider, out DistributionId id) => EntityId.TryParse(text, out id);
}

/// <summary>Money spent on a campaign.</summary>
public readonly record struct ExpenseId(long Value) : IEntityId<ExpenseId>
{
    public static string Prefix => "spend";
    public static bool ShownAsReference => true;
    public static ExpenseId From(long value) => new(value);
    public static bool TryParse(string? text, IFormatProvider? provider, out ExpenseId id) => EntityId.TryParse(text, out id);
}

/// <summary>A public page of a campaign.</summary>
public readonly record struct LandingPageId(long Value) : IEntityId<LandingPageId>
{
    public static string Prefix => "page";
    public static LandingPageId From(long value) => new(value);
    public static bool TryParse(string? text, IFormatProvider? provider, out LandingPageId id) => EntityId.TryParse(text, out id);
}

/// <summary>A request that came through a landing page.</summary>
public readonly record struct EnquiryId(long Value) : IEntityId<EnquiryId>
{
    public static string Prefix => "enq";
    public static EnquiryId From(long value) => new(value);
    public static bool TryParse(string? text, IFormatProvider? provider, out EnquiryId id) => EntityId.TryParse(text, out id);
}

/// <summary>An address at which a portal reads listings.</summary>
public readonly record struct FeedId(long Value) : IEntityId<FeedId>
{
    public static string Prefix => "feed";
    public static bool ShownAsReference => true;
    public static FeedId From(long value) => new(value);
    public static bool TryParse(string? text, IFormatProvider? provider, out FeedId id) => EntityId.TryParse(text, out id);
}

/// <summary>A template that an organization wrote; those of the product have names.</summary>
public readonly record struct MarketingTemplateId(long Value) : IEntityId<MarketingTemplateId>
{
    public static string Prefix => "mtmpl";
    public static bool ShownAsReference => true;
    public static MarketingTemplateId From(long value) => new(value);
    public static bool TryParse(string? text, IFormatProvider? provider, out MarketingTemplateId id) => EntityId.TryParse(text, out id);
}

/// <summary>The office's access to a portal's API.</summary>
public readonly record struct PortalAccountId(long Value) : IEntityId<PortalAccountId>
{
    public static string Prefix => "portal";
    public static bool ShownAsReference => true;
    public static PortalAccountId From(long value) => new(value);
    public static bool TryParse(string? text, IFormatProvider? provider, out PortalAccountId id) => EntityId.TryParse(text, out id);
}

/// <summary>A property on a portal.</summary>
public readonly record struct PortalListingId(long Value) : IEntityId<PortalListingId>
{
    public static string Prefix => "plist";
    public static bool ShownAsReference => true;
    public static PortalListingId From(long value) => new(value);
    public static bool TryParse(string? text, IFormatProvider? provider, out PortalListingId id) => EntityId.TryParse(text, out id);
}
