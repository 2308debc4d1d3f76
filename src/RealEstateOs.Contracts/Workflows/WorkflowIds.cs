using RealEstateOs.Contracts.Ids;

namespace RealEstateOs.Contracts.Workflows;

/// <summary>One run of a package.</summary>
public readonly record struct WorkflowExecutionId(long Value) : IEntityId<WorkflowExecutionId>
{
    public static string Prefix => "exec";
    public static bool ShownAsReference => true;
    public static WorkflowExecutionId From(long value) => new(value);
    public static bool TryParse(string? text, IFormatProvider? provider, out WorkflowExecutionId id) => EntityId.TryParse(text, out id);
}

/// <summary>A step of an execution.</summary>
public readonly record struct WorkflowStepId(long Value) : IEntityId<WorkflowStepId>
{
    public static string Prefix => "wstep";
    public static WorkflowStepId From(long value) => new(value);
    public static bool TryParse(string? text, IFormatProvider? provider, out WorkflowStepId id) => EntityId.TryParse(text, out id);
}

/// <summary>A package of an office's own.</summary>
public readonly record struct WorkflowPackageId(long Value) : IEntityId<WorkflowPackageId>
{
    public static string Prefix => "wpkg";
    public static WorkflowPackageId From(long value) => new(value);
    public static bool TryParse(string? text, IFormatProvider? provider, out WorkflowPackageId id) => EntityId.TryParse(text, out id);
}

/// <summary>A version of a package, as executions keep it.</summary>
public readonly record struct WorkflowDefinitionId(long Value) : IEntityId<WorkflowDefinitionId>
{
    public static string Prefix => "wdef";
    public static WorkflowDefinitionId From(long value) => new(value);
    public static bool TryParse(string? text, IFormatProvider? provider, out WorkflowDefinitionId id) => EntityId.TryParse(text, out id);
}

/// <summary>A line of an execution's journal.</summary>
public readonly record struct WorkflowEntryId(long Value) : IEntityId<WorkflowEntryId>
{
    public static string Prefix => "wlog";
    public static WorkflowEntryId From(long value) => new(value);
    public static bool TryParse(string? text, IFormatProvider? provider, out WorkflowEntryId id) => EntityId.TryParse(text, out id);
}
