using RealEstateOs.Contracts.Ids;

namespace RealEstateOs.Contracts.Social;

/// <summary>A post on one network.</summary>
public readonly record struct PostId(long Value) : IEntityId<PostId>
{
    public static string Prefix => "post";
    public static bool ShownAsReference => true;
    public static PostId From(long value) => new(value);
    public static bool TryParse(string? text, IFormatProvider? provider, out PostId id) => EntityId.TryParse(text, out id);
}

/// <summary>Posts that belong together.</summary>
public readonly record struct SocialCampaignId(long Value) : IEntityId<SocialCampaignId>
{
    public static string Prefix => "social_camp";
    public static bool ShownAsReference => true;
    public static SocialCampaignId From(long value) => new(value);
    public static bool TryParse(string? text, IFormatProvider? provider, out SocialCampaignId id) => EntityId.TryParse(text, out id);
}

/// <summary>An account of the office on a network.</summary>
public readonly record struct SocialAccountId(long Value) : IEntityId<SocialAccountId>
{
    public static string Prefix => "social_acc";
    public static bool ShownAsReference => true;
    public static SocialAccountId From(long value) => new(value);
    public static bool TryParse(string? text, IFormatProvider? provider, out SocialAccountId id) => EntityId.TryParse(text, out id);
}
