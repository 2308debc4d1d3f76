using RealEstateOs.Contracts.Ids;

namespace RealEstateOs.Contracts.Jobs;

public readonly record struct JobId(long Value) : IEntityId<JobId>
{
    public static string Prefix => "job";
    public static bool ShownAsReference => true;
    public static JobId From(long value) => new(value);
    public static bool TryParse(string? text, IFormatProvider? provider, out JobId id) => EntityId.TryParse(text, out id);
}
