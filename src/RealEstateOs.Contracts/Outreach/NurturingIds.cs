using RealEstateOs.Contracts.Ids;

namespace RealEstateOs.Contracts.Outreach;

public readonly record struct SequenceId(long Value) : IEntityId<SequenceId>
{
    public static string Prefix => "seq";
    public static SequenceId From(long value) => new(value);
    public static bool TryParse(string? text, IFormatProvider? provider, out SequenceId id) => EntityId.TryParse(text, out id);
}

public readonly record struct EnrollmentId(long Value) : IEntityId<EnrollmentId>
{
    public static string Prefix => "enr";
    public static EnrollmentId From(long value) => new(value);
    public static bool TryParse(string? text, IFormatProvider? provider, out EnrollmentId id) => EntityId.TryParse(text, out id);
}

/// <summary>A step that was done for a lead; its message, if it has one, is found by it.</summary>
public readonly record struct StepRunId(long Value) : IEntityId<StepRunId>
{
    public static string Prefix => "step";
    public static StepRunId From(long value) => new(value);
    public static bool TryParse(string? text, IFormatProvider? provider, out StepRunId id) => EntityId.TryParse(text, out id);
}
