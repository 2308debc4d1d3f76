using RealEstateOs.Contracts.Ids;

namespace RealEstateOs.Contracts.Outreach;

public readonly record struct CampaignId(long Value) : IEntityId<CampaignId>
{
    public static string Prefix => "ocamp";
    public static CampaignId From(long value) => new(value);
    public static bool TryParse(string? text, IFormatProvider? provider, out CampaignId id) => EntityId.TryParse(text, out id);
}

public readonly record struct CampaignTemplateId(long Value) : IEntityId<CampaignTemplateId>
{
    public static string Prefix => "ctmpl";
    public static CampaignTemplateId From(long value) => new(value);
    public static bool TryParse(string? text, IFormatProvider? provider, out CampaignTemplateId id) => EntityId.TryParse(text, out id);
}

public readonly record struct RecipientId(long Value) : IEntityId<RecipientId>
{
    public static string Prefix => "rcpt";
    public static RecipientId From(long value) => new(value);
    public static bool TryParse(string? text, IFormatProvider? provider, out RecipientId id) => EntityId.TryParse(text, out id);
}
