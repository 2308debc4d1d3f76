using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using FluentValidation;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using RealEstateOs.Contracts.Crm;
using RealEstateOs.Contracts.Ids;
using RealEstateOs.Contracts.Leads;
using RealEstateOs.Contracts.Properties;
using RealEstateOs.Contracts.Workflows;
using RealEstateOs.Platform.Authorization;
using RealEstateOs.Platform.Http;
using RealEstateOs.Platform.Persistence;
using RealEstateOs.Workflows.Engine;
using RealEstateOs.Workflows.Packages;

namespace RealEstateOs.Workflows.Executions;

/// <example>{"package_name": "client_onboarding_package", "parameters": {"client_id": 1}}</example>
public sealed record ExecutePackageRequest : IRequestBody<ExecutePackageRequest>
{
    /// <summary>Name of the package, as lists of packages show it.</summary>
    [MaxLength(60)] public string? PackageName { get; init; }
    /// <summary>
    /// What the package asks for, see its <c>parameters</c>; <c>priority</c> (low, normal, high, urgent) and <c>rush_delivery</c> beside
    /// them.
    /// </summary>
    public JsonElement? Parameters { get; init; }
    /// <summary>Choices that the package offers; <c>rush_delivery</c> beside them.</summary>
    public JsonElement? Customizations { get; init; }
}

internal sealed class ExecutePackageValidator : AbstractValidator<ExecutePackageRequest>
{
    public ExecutePackageValidator() => RuleFor(r => r.PackageName).NotEmpty();
}

/// <summary>An execution that began.</summary>
public sealed record ExecutionStarted
{
    /// <summary>Id of the execution.</summary>
    public required string ExecutionId { get; init; }
    /// <summary>The job of the first step; null where the execution waits for its turn. Progress is read at <c>progress_url</c>.</summary>
    public string? JobId { get; init; }
    /// <summary>Name of the package.</summary>
    public required string PackageName { get; init; }
    /// <summary>Version of the package that it follows to its end.</summary>
    public required int PackageVersion { get; init; }
    /// <summary>running; queued where the office has so many steps under way that this one waits for its turn.</summary>
    public required ExecutionStatus Status { get; init; }
    /// <summary>When it was ordered.</summary>
    public required DateTimeOffset StartedAt { get; init; }
    /// <summary>Along the longest chain of steps, by how long such steps took here.</summary>
    public required DateTimeOffset EstimatedCompletion { get; init; }
    /// <summary><c>history</c>, <c>mixed</c> or <c>default</c>, as at the packages.</summary>
    public required string EstimateBasis { get; init; }
    /// <summary>With those that conditions may leave out.</summary>
    public required int TotalSteps { get; init; }
    /// <summary>Steps that are done at this moment.</summary>
    public required int CompletedSteps { get; init; }
    /// <summary>The step that comes first; null where none is left.</summary>
    public required StartedStep? CurrentStep { get; init; }
    /// <summary>Where to ask how far it is.</summary>
    public required string ProgressUrl { get; init; }
}

/// <param name="EstimatedDuration">Such as <c>5 minutes</c>.</param>
/// <param name="StepName">Name of the step within its package.</param>
public sealed record StartedStep(string StepName, StepStatus Status, string EstimatedDuration);

internal static class ExecutePackage
{
    /// <summary>
    /// Starts a package. An unknown one is WF_001, parameters that are missing, unknown or of the wrong type are WF_002 with all faults;
    /// more executions at a time than the plan allows (10 or 25 a person) are a 429 RATE_002.
    /// </summary>
    public static async Task<Accepted<ExecutionStarted>> Handle(
        ExecutePackageRequest request, WorkflowsDb db, PackageShelf shelf, ParameterReader reader, WorkflowEngine engine,
        StepDurations durations, CurrentUser user, OpenExecutions open, TimeProvider clock, CancellationToken ct)
    {
        var (package, version) = await shelf.RequireAsync(request.PackageName!, ct);
        var (parameters, customizations) = await reader.ReadAsync(package, request.Parameters, request.Customizations, ct);
        await open.RequireRoomAsync(user.Id, ct);
        var execution = New(package, version, parameters, customizations, clock.Now());
        execution.DefinitionId = await shelf.KeepAsync(package, version, ct);
        execution.CreatedBy = user.Id;
        db.Add(execution);
        await db.SaveChangesAsync(ct);
        await AddStepsAsync(db, execution, package, ct);
        var standing = new WorkflowEngine.Standing(ExecutionStatus.Running, execution.PackageName, execution.TotalSteps, user.Id,
            execution.StartedAt);
        var (id, name, by) = (execution.Id, execution.PackageName, user.Id);
        db.Raise(() => new WorkflowControlled(id, name, "start", ExecutionStatus.Running, null, by, by));
        var job = await engine.MoveOnAsync(execution.Id, standing, null, ct);
        return TypedResults.Accepted((string?)null,
            await AnswerAsync(db, execution, package, durations, ct) with { JobId = job?.Reference() });
    }

    private static Execution New(PackageDefinition package, int version, JsonElement parameters, JsonElement customizations,
        DateTimeOffset now) => new()
        {
            PackageName = package.Name!, PackageVersion = version, Parameters = parameters, Customizations = customizations,
            TotalSteps = package.Steps!.Length, StartedAt = now,
            Rank = Rank(parameters, customizations),
            PropertyId = ParameterReader.IdOf<PropertyId>(package, parameters, ParameterType.Property),
            LeadId = ParameterReader.IdOf<LeadId>(package, parameters, ParameterType.Lead),
            ClientId = ParameterReader.IdOf<ClientId>(package, parameters, ParameterType.Client),
        };

    /// <summary>Rushed ones before all others; then by priority.</summary>
    public static int Rank(JsonElement parameters, JsonElement customizations)
    {
        var rush = new[] { parameters,
            customizations }.Any(p => p.TryGetProperty("rush_delivery", out var rushed) && rushed.ValueKind == JsonValueKind.True);
        var priority = parameters.TryGetProperty("priority", out var word) ? word.GetString() : "normal";
        return (rush ? 0 : 10) + priority switch { "urgent" => 0, "high" => 1, "low" => 3, _ => 2 };
    }

    private static Task AddStepsAsync(WorkflowsDb db, Execution execution, PackageDefinition package, CancellationToken ct)
    {
        var steps = package.Steps!;
        var numbers = steps.Select((s, i) => (s.Name, Number: i + 1)).ToDictionary(s => s.Name!, s => s.Number);
        return db.InsertManyAsync([.. steps.Select(s => new ExecutionStep
        {
            ExecutionId = execution.Id, OrganizationId = execution.OrganizationId, Number = numbers[s.Name!], Name = s.Name!,
            Kind = s.KindName, Rank = execution.Rank,
            DependsOn = [.. (s.DependsOn ?? []).Select(d => numbers[d])], IsOptional = s.Optional == true, Status = StepStatus.Pending,
        })], ct);
    }

    private static async Task<ExecutionStarted> AnswerAsync(WorkflowsDb db, Execution execution, PackageDefinition package,
        StepDurations durations, CancellationToken ct)
    {
        var steps = await db.Steps.AsNoTracking().Where(s => s.ExecutionId == execution.Id).OrderBy(s => s.Number)
            .Select(s => new { s.Number, s.Name, s.Status }).ToListAsync(ct);
        var estimate = Estimate.Of(package, _ => true, await durations.KnownAsync(ct));
        var taken = steps.Any(s => s.Status == StepStatus.Queued);
        var first = steps.FirstOrDefault(s => s.Status is StepStatus.Queued or StepStatus.Ready);
        return new()
        {
            ExecutionId = execution.Id.Reference(), PackageName = execution.PackageName, PackageVersion = execution.PackageVersion,
            Status = taken ? ExecutionStatus.Running : ExecutionStatus.Queued, StartedAt = execution.StartedAt,
            EstimatedCompletion = execution.StartedAt + estimate.Takes,
            EstimateBasis = estimate.Basis, TotalSteps = execution.TotalSteps, CompletedSteps = 0,
            CurrentStep = first is null ? null
                : new(first.Name, first.Status, Durations.Words(estimate.Of(package.Steps![first.Number - 1]))),
            ProgressUrl = $"{ApiGroup.Root}/workflows/packages/status/{execution.Id.Reference()}",
        };
    }
}
