using RealEstateOs.Contracts.Ids;

namespace RealEstateOs.Contracts.Leads;

public readonly record struct LeadId(long Value) : IEntityId<LeadId>
{
    public static string Prefix => "lead";
    public static LeadId From(long value) => new(value);
    public static bool TryParse(string? text, IFormatProvider? provider, out LeadId id) => EntityId.TryParse(text, out id);
}

public readonly record struct LeadActivityId(long Value) : IEntityId<LeadActivityId>
{
    public static string Prefix => "lact";
    public static LeadActivityId From(long value) => new(value);
    public static bool TryParse(string? text, IFormatProvider? provider, out LeadActivityId id) => EntityId.TryParse(text, out id);
}

public readonly record struct LeadNoteId(long Value) : IEntityId<LeadNoteId>
{
    public static string Prefix => "lnote";
    public static LeadNoteId From(long value) => new(value);
    public static bool TryParse(string? text, IFormatProvider? provider, out LeadNoteId id) => EntityId.TryParse(text, out id);
}

public readonly record struct LeadDocumentId(long Value) : IEntityId<LeadDocumentId>
{
    public static string Prefix => "ldoc";
    public static LeadDocumentId From(long value) => new(value);
    public static bool TryParse(string? text, IFormatProvider? provider, out LeadDocumentId id) => EntityId.TryParse(text, out id);
}

public readonly record struct AssignmentRuleId(long Value) : IEntityId<AssignmentRuleId>
{
    public static string Prefix => "rule";
    public static AssignmentRuleId From(long value) => new(value);
    public static bool TryParse(string? text, IFormatProvider? provider, out AssignmentRuleId id) => EntityId.TryParse(text, out id);
}
