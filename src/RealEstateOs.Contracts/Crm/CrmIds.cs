using RealEstateOs.Contracts.Ids;

namespace RealEstateOs.Contracts.Crm;

public readonly record struct ClientId(long Value) : IEntityId<ClientId>
{
    public static string Prefix => "client";
    public static ClientId From(long value) => new(value);
    public static bool TryParse(string? text, IFormatProvider? provider, out ClientId id) => EntityId.TryParse(text, out id);
}

public readonly record struct ClientActivityId(long Value) : IEntityId<ClientActivityId>
{
    public static string Prefix => "cact";
    public static ClientActivityId From(long value) => new(value);
    public static bool TryParse(string? text, IFormatProvider? provider, out ClientActivityId id) => EntityId.TryParse(text, out id);
}

public readonly record struct CalendarFeedId(long Value) : IEntityId<CalendarFeedId>
{
    public static string Prefix => "calfeed";
    public static CalendarFeedId From(long value) => new(value);
    public static bool TryParse(string? text, IFormatProvider? provider, out CalendarFeedId id) => EntityId.TryParse(text, out id);
}
