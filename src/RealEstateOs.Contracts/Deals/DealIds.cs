using RealEstateOs.Contracts.Ids;

namespace RealEstateOs.Contracts.Deals;

public readonly record struct DealId(long Value) : IEntityId<DealId>
{
    public static string Prefix => "deal";
    public static DealId From(long value) => new(value);
    public static bool TryParse(string? text, IFormatProvider? provider, out DealId id) => EntityId.TryParse(text, out id);
}

public readonly record struct DealTransactionId(long Value) : IEntityId<DealTransactionId>
{
    public static string Prefix => "txn";
    public static DealTransactionId From(long value) => new(value);
    public static bool TryParse(string? text, IFormatProvider? provider, out DealTransactionId id) => EntityId.TryParse(text, out id);
}

public readonly record struct PortfolioId(long Value) : IEntityId<PortfolioId>
{
    public static string Prefix => "pf";
    public static PortfolioId From(long value) => new(value);
    public static bool TryParse(string? text, IFormatProvider? provider, out PortfolioId id) => EntityId.TryParse(text, out id);
}

public readonly record struct InvoiceId(long Value) : IEntityId<InvoiceId>
{
    public static string Prefix => "inv";
    public static InvoiceId From(long value) => new(value);
    public static bool TryParse(string? text, IFormatProvider? provider, out InvoiceId id) => EntityId.TryParse(text, out id);
}

public readonly record struct ChecklistTemplateId(long Value) : IEntityId<ChecklistTemplateId>
{
    public static string Prefix => "chktmpl";
    public static ChecklistTemplateId From(long value) => new(value);
    public static bool TryParse(string? text, IFormatProvider? provider, out ChecklistTemplateId id) => EntityId.TryParse(text, out id);
}

public readonly record struct ChecklistItemId(long Value) : IEntityId<ChecklistItemId>
{
    public static string Prefix => "item";
    public static ChecklistItemId From(long value) => new(value);
    public static bool TryParse(string? text, IFormatProvider? provider, out ChecklistItemId id) => EntityId.TryParse(text, out id);
}

public readonly record struct FeeScheduleId(long Value) : IEntityId<FeeScheduleId>
{
    public static string Prefix => "fees";
    public static FeeScheduleId From(long value) => new(value);
    public static bool TryParse(string? text, IFormatProvider? provider, out FeeScheduleId id) => EntityId.TryParse(text, out id);
}

public readonly record struct ReconciliationId(long Value) : IEntityId<ReconciliationId>
{
    public static string Prefix => "rec";
    public static ReconciliationId From(long value) => new(value);
    public static bool TryParse(string? text, IFormatProvider? provider, out ReconciliationId id) => EntityId.TryParse(text, out id);
}
