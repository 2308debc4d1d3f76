using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using RealEstateOs.Contracts.Agenda;
using RealEstateOs.Contracts.Auth;
using RealEstateOs.Contracts.Leads;
using RealEstateOs.Leads.Activities;
using RealEstateOs.Leads.Attention;
using RealEstateOs.Leads.Documents;
using RealEstateOs.Leads.Duplicates;
using RealEstateOs.Leads.Enquiries;
using RealEstateOs.Leads.Import;
using RealEstateOs.Leads.Notes;
using RealEstateOs.Leads.PackageSteps;
using RealEstateOs.Leads.Records;
using RealEstateOs.Leads.Routing;
using RealEstateOs.Leads.Sample;
using RealEstateOs.Leads.Scoring;
using RealEstateOs.Platform.Authorization;
using RealEstateOs.Platform.Contacts;
using RealEstateOs.Platform.Http;
using RealEstateOs.Platform.Imports;
using RealEstateOs.Platform.Jobs;
using RealEstateOs.Platform.Persistence;
using RealEstateOs.Platform.Sample;

namespace RealEstateOs.Leads;

/// <summary>Leads from the first contact on: duplicates, scores, routing, activities, notes, documents.</summary>
public static class LeadsModule
{
    public static IServiceCollection AddLeads(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<AttentionOptions>().Bind(configuration.GetSection("Leads:Attention")).ValidateDataAnnotations()
            .ValidateOnStart();
        return services
            .AddModuleDb<LeadsDb>(LeadsDb.Name)
            .AddLeadSteps()
            .AddScoped<LeadScoring>()
            .AddScoped<LeadRouter>()
            .AddScoped<NewLeads>()
            .AddScoped<LeadMerge>()
            .AddScoped<LeadDirectory>()
            .AddScoped<ILeadAudience, LeadAudience>()
            .AddScoped<ILeadWork, LeadWork>()
            .AddScoped<ILeadReader, LeadReader>()
            .AddScoped<ILeadCommands, LeadCommands>()
            .AddScoped<LeadIntake>()
            .AddScoped<ILeadIntake>(scope => scope.GetRequiredService<LeadIntake>())
            .AddScoped<KeyedEnquiries>()
            .AddScoped<ILeadDirectory>(scope => scope.GetRequiredService<LeadDirectory>())
            .AddScoped<IOpenWork>(scope => scope.GetRequiredService<LeadDirectory>())
            .AddScoped<ISampleData, SampleLeads>()
            .AddScoped<IAgendaSource, LeadAgenda>()
            .AddScoped<LeadAttention>()
            .AddContactKeys<LeadKeys>()
            .AddRowImporter<LeadImporter>()
            .AddRecurringJob<RouteOverdueLeads>(RouteOverdueLeads.Kind, configuration["Leads:RoutingSchedule"] ?? "20 * * * * ?")
            .AddRecurringJob<RescoreLeads>(RescoreLeads.Kind, configuration["Leads:ScoringSchedule"] ?? "0 29 1 * * ?")
            .AddPermissions(LeadsPermissions.All);
    }

    public static IEndpointRouteBuilder MapLeads(this IEndpointRouteBuilder app)
    {
        var leads = app.MapApi("Leads").MapGroup("/leads");
        leads.MapGet("/", ListLeads.Handle).Needs(LeadsPermissions.Read);
        leads.MapPost("/", CreateLead.Handle).Needs(LeadsPermissions.Create).AcceptsApiKey();
        leads.MapGet("/stats", LeadStats.Handle).Needs(LeadsPermissions.Read);
        leads.MapGet("/{id}", GetLead.Handle).Needs(LeadsPermissions.Read);
        leads.MapMethods("/{id}", ApiGroup.PutAndPatch, UpdateLead.Handle).Needs(LeadsPermissions.Update);
        leads.MapDelete("/{id}", DeleteLead.Handle).Needs(LeadsPermissions.Delete);
        leads.MapPost("/{id}/restore", RestoreLead.Handle).Needs(LeadsPermissions.Delete);
        leads.MapPost("/{id}/merge", MergeLeads.Handle).Needs(LeadsPermissions.Delete);
        leads.MapPost("/{id}/assign", AssignLead.Handle).Needs(LeadsPermissions.Assign);
        leads.MapGet("/{id}/timeline", LeadTimeline.Handle).Needs(LeadsPermissions.Read);
        leads.MapPost("/{id}/activities", LeadActivities.Add).Needs(LeadsPermissions.Update);
        leads.MapGet("/{id}/activities", LeadActivities.List).Needs(LeadsPermissions.Read);
        leads.MapPatch("/{id}/activities/{activityId}", LeadActivities.Update).Needs(LeadsPermissions.Update);
        leads.MapPost("/{id}/notes", LeadNotes.Add).Needs(LeadsPermissions.Update);
        leads.MapGet("/{id}/notes", LeadNotes.List).Needs(LeadsPermissions.Read);
        leads.MapPost("/{id}/documents", LeadDocuments.Add).Needs(LeadsPermissions.Update).WithMetadata(LeadDocuments.Body);
        leads.MapGet("/{id}/documents", LeadDocuments.List).Needs(LeadsPermissions.Read);
        leads.MapGet("/{id}/documents/{documentId}", LeadDocuments.Get).Needs(LeadsPermissions.Read);
        leads.MapDelete("/{id}/documents/{documentId}", LeadDocuments.Delete).Needs(LeadsPermissions.Update);

        var rules = leads.MapGroup("/assignment-rules");
        rules.MapGet("/", AssignmentRules.List).Needs(LeadsPermissions.Read);
        rules.MapPost("/", AssignmentRules.Create).NeedsInFull(LeadsPermissions.Rules);
        rules.MapGet("/{id}", AssignmentRules.Get).Needs(LeadsPermissions.Read);
        rules.MapMethods("/{id}", ApiGroup.PutAndPatch, AssignmentRules.Update).NeedsInFull(LeadsPermissions.Rules);
        rules.MapDelete("/{id}", AssignmentRules.Delete).NeedsInFull(LeadsPermissions.Rules);

        var nurturing = app.MapApi("Agenda").MapGroup("/nurturing");
        nurturing.MapGet("/attention", GetAttention.Handle).Needs(LeadsPermissions.Read);
        nurturing.MapGet("/suggestions", GetSuggestions.Handle).Needs(LeadsPermissions.Read);
        return app;
    }
}
