using RealEstateOs.Contracts.Ids;

namespace RealEstateOs.Contracts.Outreach;

public readonly record struct CommunicationId(long Value) : IEntityId<CommunicationId>
{
    public static string Prefix => "comm";
    public static CommunicationId From(long value) => new(value);
    public static bool TryParse(string? text, IFormatProvider? provider, out CommunicationId id) => EntityId.TryParse(text, out id);
}

public readonly record struct CommunicationTemplateId(long Value) : IEntityId<CommunicationTemplateId>
{
    public static string Prefix => "tmpl";
    public static CommunicationTemplateId From(long value) => new(value);
    public static bool TryParse(string? text, IFormatProvider? provider, out CommunicationTemplateId id) => EntityId.TryParse(text, out id);
}

public readonly record struct SuppressionId(long Value) : IEntityId<SuppressionId>
{
    public static string Prefix => "supp";
    public static SuppressionId From(long value) => new(value);
    public static bool TryParse(string? text, IFormatProvider? provider, out SuppressionId id) => EntityId.TryParse(text, out id);
}
