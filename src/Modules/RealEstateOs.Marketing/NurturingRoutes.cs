using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using RealEstateOs.Contracts.Leads;
using RealEstateOs.Marketing.Nurturing;
using RealEstateOs.Platform.Authorization;
using RealEstateOs.Platform.Events.Subscriptions;
using RealEstateOs.Platform.Http;
using RealEstateOs.Platform.Jobs;
using RealEstateOs.Platform.Messaging;

namespace RealEstateOs.Marketing;

/// <summary>Sequences and who is in them.</summary>
internal static class NurturingRoutes
{
    public static IServiceCollection AddNurturing(this IServiceCollection services, IConfiguration configuration) => services
        .AddScoped<Enrolling>()
        .AddScoped<LeavingSequences>()
        .AddScoped<StepRunner>()
        .AddScoped<IMessageOwner, StepMessages>()
        .AddEventHandler<SequenceTriggers, LeadCreated>(SequenceTriggers.Subscription)
        .AddEventHandler<SequenceTriggers, LeadUpdated>(SequenceTriggers.Subscription)
        .AddEventHandler<SequenceExits, LeadReplied>(SequenceExits.Subscription)
        .AddEventHandler<SequenceExits, LeadUpdated>(SequenceExits.Subscription)
        .AddRecurringJob<SweepSequences>(SweepSequences.Kind, configuration["Nurturing:Schedule"] ?? "40 * * * * ?")
        .AddJob<RunSequences, DueSteps>(RunSequences.Kind, queue: "nurturing", concurrency: 2, maxAttempts: 20, announced: false)
        .AddJob<EnrollByFilter, LeadsToEnroll>(EnrollByFilter.Kind, queue: "nurturing", concurrency: 1, maxAttempts: 20)
        .AddPermissions(NurturingPermissions.All);

    public static IEndpointRouteBuilder MapNurturing(this IEndpointRouteBuilder app)
    {
        var nurturing = app.MapApi("Nurturing").MapGroup("/nurturing");
        var sequences = nurturing.MapGroup("/sequences");
        sequences.MapGet("/", SequenceRecords.List).Needs(NurturingPermissions.Read);
        sequences.MapPost("/", SequenceRecords.Create).Needs(NurturingPermissions.Create);
        sequences.MapGet("/{id}", SequenceRecords.Get).Needs(NurturingPermissions.Read);
        sequences.MapPut("/{id}", SequenceRecords.Update).Needs(NurturingPermissions.Update);
        sequences.MapPatch("/{id}", SequenceRecords.Update).Needs(NurturingPermissions.Update);
        sequences.MapDelete("/{id}", SequenceRecords.Delete).Needs(NurturingPermissions.Delete);
        sequences.MapPost("/{id}/restore", SequenceRecords.Restore).Needs(NurturingPermissions.Delete);
        sequences.MapPost("/{id}/pause", SequenceRecords.Pause).Needs(NurturingPermissions.Update);
        sequences.MapPost("/{id}/enroll", EnrollLeads.Handle).Needs(NurturingPermissions.Enroll);
        sequences.MapGet("/{id}/stats", SequenceStats.Handle).Needs(NurturingPermissions.Read);

        var enrollments = nurturing.MapGroup("/enrollments");
        enrollments.MapGet("/", EnrollmentRecords.List).Needs(NurturingPermissions.Read);
        enrollments.MapGet("/{id}", EnrollmentRecords.Get).Needs(NurturingPermissions.Read);
        enrollments.MapPost("/{id}/pause", EnrollmentRecords.Pause).Needs(NurturingPermissions.Update);
        enrollments.MapPost("/{id}/exit", EnrollmentRecords.Exit).Needs(NurturingPermissions.Update);
        return app;
    }
}

internal static class NurturingPermissions
{
    public const string Read = "nurturing:read", Create = "nurturing:create", Update = "nurturing:update", Delete = "nurturing:delete", Enroll = "nurturing:enroll";

    public static readonly PermissionDefinition[] All =
    [
        new(Read, "See sequences and who is in them", DefaultRoles.Manager | DefaultRoles.Agent | DefaultRoles.Viewer),
        new(Create, "Add sequences", DefaultRoles.Manager | DefaultRoles.Agent),
        new(Update, "Change and pause sequences and enrollments", DefaultRoles.Manager | DefaultRoles.Agent),
        new(Delete, "Delete and restore sequences", DefaultRoles.Manager),
        new(Enroll, "Bring leads into sequences", DefaultRoles.Manager | DefaultRoles.Agent),
    ];
}
