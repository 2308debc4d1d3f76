using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using RealEstateOs.Contracts.Leads;
using RealEstateOs.Platform.Authorization;
using RealEstateOs.Platform.Events.Subscriptions;
using RealEstateOs.Platform.Http;
using RealEstateOs.Platform.Jobs;
using RealEstateOs.Platform.Persistence;
using RealEstateOs.Platform.Workflows;
using RealEstateOs.Workflows.Engine;
using RealEstateOs.Workflows.Executions;
using RealEstateOs.Workflows.Figures;
using RealEstateOs.Workflows.Packages;
using RealEstateOs.Workflows.Steps;

namespace RealEstateOs.Workflows;

/// <summary>Packages of steps that the other modules bring, run in the order of what they need, controlled and watched.</summary>
public static class WorkflowsModule
{
    public static IServiceCollection AddWorkflows(this IServiceCollection services) => services
        .AddModuleDb<WorkflowsDb>(WorkflowsDb.Name)
        .AddPermissions(WorkflowPermissions.All)
        .AddSingleton<DefinitionCheck>()
        .AddSingleton<DefinitionCache>()
        .AddSingleton<StepDurations>()
        .AddScoped<PackageShelf>()
        .AddScoped<ParameterReader>()
        .AddScoped<WorkflowEngine>()
        .AddScoped<StepWaits>()
        .AddScoped<Stakeholders>()
        .AddScoped<OpenExecutions>()
        .AddScoped<Control>()
        .AddScoped<ExecutionReader>()
        .AddScoped<ILeadMergeFollower, FollowMergedLeads>()
        .AddJob<RunStep, StepToRun>(
            WorkflowEngine.RunKind, queue: "workflows", concurrency: 6, maxAttempts: RunStep.MostLostRuns + 10,
            timeout: TimeSpan.FromMinutes(65), announced: false,
            permission: WorkflowPermissions.Read)
        .AddJob<WakeStep, WaitOver>(WorkflowEngine.WakeKind, queue: "workflows", maxAttempts: 20, announced: false,
            permission: WorkflowPermissions.Read)
        .AddJob<UndoSteps, ExecutionToUndo>(WorkflowEngine.UndoKind, queue: "workflows", announced: false,
            permission: WorkflowPermissions.Read)
        .AddAnyEventHandler<OnAwaitedEvent>("workflows.awaited", OnAwaitedEvent.Condition)
        .AddWorkflowStep<WaitStep, WaitInput>("wait", "Wait", "Waits for a time or for a while.", WorkflowPermissions.Execute)
        .AddWorkflowStep<ApprovalStep, ApprovalInput>("approval", "Approval", "Waits until a person approves or rejects.",
            WorkflowPermissions.Execute)
        .AddWorkflowStep<SummaryMail, SummaryMailInput>(
            "summary_mail", "Summary by mail", "Writes to whoever started the package what was done and made.",
            WorkflowPermissions.Execute);

    public static IEndpointRouteBuilder MapWorkflows(this IEndpointRouteBuilder app)
    {
        var workflows = app.MapApi("Workflows").MapGroup("/workflows");
        workflows.MapGet("/health", WorkflowHealth.Handle).NeedsInFull(WorkflowPermissions.Read);
        workflows.MapGet("/analytics/summary", WorkflowSummary.Handle).Needs(WorkflowPermissions.Read);
        workflows.MapGet("/steps", ListPackages.Steps).Needs(WorkflowPermissions.Read);
        workflows.MapPost("/execute", ExecutePackage.Handle).Needs(WorkflowPermissions.Execute);

        var packages = workflows.MapGroup("/packages");
        packages.MapGet("/", ListPackages.Handle).Needs(WorkflowPermissions.Read);
        packages.MapGet("/templates", ListPackages.Handle).Needs(WorkflowPermissions.Read);
        packages.MapPost("/", PackageRecords.Create).NeedsInFull(WorkflowPermissions.Design);
        packages.MapPost("/execute", ExecutePackage.Handle).Needs(WorkflowPermissions.Execute);
        packages.MapGet("/history", ListExecutions.Handle).Needs(WorkflowPermissions.Read);
        packages.MapGet("/status/{id}", GetExecution.Handle).Needs(WorkflowPermissions.Read);
        packages.MapPost("/{id}/control", ControlExecution.Handle).Needs(WorkflowPermissions.Control);
        packages.MapGet("/{name}", PackageRecords.Get).Needs(WorkflowPermissions.Read);
        packages.MapPut("/{name}", PackageRecords.Update).NeedsInFull(WorkflowPermissions.Design);
        packages.MapDelete("/{name}", PackageRecords.Delete).NeedsInFull(WorkflowPermissions.Design);
        packages.MapGet("/{name}/diagram", PackageRecords.Diagram).Needs(WorkflowPermissions.Read);

        var executions = workflows.MapGroup("/executions/{id}");
        executions.MapGet("", GetExecution.Handle).Needs(WorkflowPermissions.Read);
        executions.MapGet("/timeline", GetTimeline.Handle).Needs(WorkflowPermissions.Read);
        executions.MapPost("/control", ControlExecution.Handle).Needs(WorkflowPermissions.Control);
        return app;
    }
}

internal static class WorkflowPermissions
{
    public const string Read = "workflows:read", Execute = "workflows:execute", Control = "workflows:control", Design = "workflows:design";

    public static readonly PermissionDefinition[] All =
    [
        new(Read, "See workflow packages and their executions", DefaultRoles.Manager | DefaultRoles.Agent | DefaultRoles.Viewer),
        new(Execute, "Execute workflow packages", DefaultRoles.Manager | DefaultRoles.Agent),
        new(Control, "Pause, resume, cancel and change executions", DefaultRoles.Manager | DefaultRoles.Agent),
        new(Design, "Write workflow packages of the office", DefaultRoles.Manager),
    ];
}
