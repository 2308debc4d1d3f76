using System.Linq.Expressions;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using RealEstateOs.Contracts.Auth;
using RealEstateOs.Contracts.Crm;
using RealEstateOs.Contracts.Leads;
using RealEstateOs.Contracts.Properties;
using RealEstateOs.Contracts.Workflows;
using RealEstateOs.Platform.Authorization;
using RealEstateOs.Platform.Persistence;

namespace RealEstateOs.Workflows;

/// <summary>One run of a package. Its journal, not the audit log, says who did what to it.</summary>
internal sealed class Execution : ITenantOwned, INotAudited, IOwned<Execution>
{
    public WorkflowExecutionId Id { get; set; }
    public OrganizationId OrganizationId { get; set; }
    public WorkflowDefinitionId DefinitionId { get; set; }
    public required string PackageName { get; set; }
    public int PackageVersion { get; set; }
    public ExecutionStatus Status { get; set; } = ExecutionStatus.Running;
    public int Rank { get; set; }
    public JsonElement Parameters { get; set; }
    public JsonElement Customizations { get; set; }
    public PropertyId? PropertyId { get; set; }
    public LeadId? LeadId { get; set; }
    public ClientId? ClientId { get; set; }
    public int TotalSteps { get; set; }
    public int Revision { get; set; }
    public DateTimeOffset StartedAt { get; set; }
    public DateTimeOffset? CompletedAt { get; set; }
    public DateTimeOffset? PausedAt { get; set; }
    public string? Error { get; set; }
    public string? FailedStep { get; set; }
    public double? SuccessRate { get; set; }
    public int DeliverablesCreated { get; set; }
    public int LeadsContacted { get; set; }
    public UserId? CreatedBy { get; set; }

    public static Expression<Func<Execution, bool>> IsOwnedBy(UserId user) => e => e.CreatedBy == user;
}

internal sealed class ExecutionStep : ITenantOwned, INotAudited
{
    public WorkflowStepId Id { get; set; }
    public OrganizationId OrganizationId { get; set; }
    public WorkflowExecutionId ExecutionId { get; set; }
    public int Number { get; set; }
    public required string Name { get; set; }
    public required string Kind { get; set; }
    public int[] DependsOn { get; set; } = [];
    public bool IsOptional { get; set; }
    public int Rank { get; set; }
    public StepStatus Status { get; set; }
    public int Token { get; set; }
    public int Starts { get; set; }
    public int Failures { get; set; }
    public JsonElement? Input { get; set; }
    public JsonElement? Output { get; set; }
    public JsonElement? Deliverables { get; set; }
    public string? Note { get; set; }
    public string? WaitKey { get; set; }
    public DateTimeOffset? WaitUntil { get; set; }
    public DateTimeOffset? StartedAt { get; set; }
    public DateTimeOffset? FinishedAt { get; set; }
    public DateTimeOffset? UndoneAt { get; set; }
    public string? UndoNote { get; set; }

    /// <summary>Nothing is to be done about it any more, and what comes after it may go on.</summary>
    public bool IsPassed => Status is StepStatus.Completed or StepStatus.Skipped || (Status == StepStatus.Failed && IsOptional);
}

/// <summary>A line of an execution's journal.</summary>
internal sealed class Entry : ITenantOwned, INotAudited
{
    public WorkflowEntryId Id { get; set; }
    public OrganizationId OrganizationId { get; set; }
    public WorkflowExecutionId ExecutionId { get; set; }
    public int? StepNumber { get; set; }
    public required string Action { get; set; }
    public string? Reason { get; set; }
    public UserId? ActorId { get; set; }
    public DateTimeOffset At { get; set; }
}

/// <summary>How many executions of a person and a package ended so, and how long they took.</summary>
[PrimaryKey(nameof(OrganizationId), nameof(UserId), nameof(PackageName), nameof(Status))]
internal sealed class Tally : ITenantOwned, INotAudited
{
    public OrganizationId OrganizationId { get; set; }
    public UserId UserId { get; set; }
    public required string PackageName { get; set; }
    public ExecutionStatus Status { get; set; }
    public long Executions { get; set; }
    public double Seconds { get; set; }
}
