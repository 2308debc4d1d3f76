using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using RealEstateOs.Contracts.Agenda;
using RealEstateOs.Contracts.Auth;
using RealEstateOs.Contracts.Crm;
using RealEstateOs.Contracts.Deals;
using RealEstateOs.Contracts.Leads;
using RealEstateOs.Crm.Agenda;
using RealEstateOs.Crm.Clients;
using RealEstateOs.Crm.Events;
using RealEstateOs.Crm.Import;
using RealEstateOs.Crm.Matching;
using RealEstateOs.Crm.PackageSteps;
using RealEstateOs.Crm.Sample;
using RealEstateOs.Platform.Authorization;
using RealEstateOs.Platform.Contacts;
using RealEstateOs.Platform.Events.Subscriptions;
using RealEstateOs.Platform.Http;
using RealEstateOs.Platform.Imports;
using RealEstateOs.Platform.Persistence;
using RealEstateOs.Platform.Sample;

namespace RealEstateOs.Crm;

/// <summary>Clients: who they are, what they want, what was done for them; agendas and calendar feeds.</summary>
public static class CrmModule
{
    public static IServiceCollection AddCrm(this IServiceCollection services, IConfiguration configuration) => services
        .AddModuleDb<CrmDb>(CrmDb.Name)
        .AddClientSteps()
        .AddScoped<ClientReferences>()
        .AddScoped<IClientReader, ClientReader>()
        .AddScoped<IClientWork, ClientWork>()
        .AddScoped<IOpenWork, OpenClients>()
        .AddScoped<ISampleData, SampleClients>()
        .AddScoped<IAgendaSource, ClientAgenda>()
        .AddScoped<ILeadMergeFollower, FollowMergedLeads>()
        .AddScoped<AgendaBook>()
        .AddContactKeys<ClientKeys>()
        .AddRowImporter<ClientImporter>()
        .AddEventHandler<ClientHistory, DealCreated>(ClientHistory.Subscription)
        .AddEventHandler<ClientHistory, DealClosed>(ClientHistory.Subscription)
        .AddEventHandler<ClientHistory, LeadUpdated>(ClientHistory.Subscription)
        .AddEventHandler<KeepRefusals, LeadDeleted>(KeepRefusals.Subscription)
        .AddResourcePermissions("clients", "clients");

    public static IEndpointRouteBuilder MapCrm(this IEndpointRouteBuilder app)
    {
        var clients = app.MapApi("Clients").MapGroup("/clients");
        clients.MapGet("/", ListClients.Handle).Needs(CrmPermissions.Read);
        clients.MapPost("/", CreateClient.Handle).Needs(CrmPermissions.Create);
        clients.MapGet("/{id}", GetClient.Handle).Needs(CrmPermissions.Read);
        clients.MapMethods("/{id}", ApiGroup.PutAndPatch, UpdateClient.Handle).Needs(CrmPermissions.Update);
        clients.MapDelete("/{id}", DeleteClient.Handle).Needs(CrmPermissions.Delete);
        clients.MapPost("/{id}/restore", RestoreClient.Handle).Needs(CrmPermissions.Delete);
        clients.MapGet("/{id}/matches", ClientMatches.Handle).Needs(CrmPermissions.Read);
        app.MapApi("Leads").MapPost("/leads/{id}/convert", ConvertLead.Handle).Needs(CrmPermissions.Create);
        clients.MapPost("/{id}/activities", ClientActivities.Add).Needs(CrmPermissions.Update);
        clients.MapPatch("/{id}/activities/{activityId}", ClientActivities.Update).Needs(CrmPermissions.Update);
        clients.MapGet("/{id}/activities", ClientActivities.List).Needs(CrmPermissions.Read);
        clients.MapPost("/{id}/properties", ClientProperties.Link).Needs(CrmPermissions.Update);
        clients.MapDelete("/{id}/properties/{propertyId}", ClientProperties.Unlink).Needs(CrmPermissions.Update);
        var calendar = app.MapApi("Agenda");
        calendar.MapGet("/nurturing/agenda", GetAgenda.Handle).NeedsOnlySignIn();
        calendar.MapGet("/calendar/feed", ManageFeed.Get).NeedsOnlySignIn();
        calendar.MapPost("/calendar/feed", ManageFeed.Create).NeedsOnlySignIn();
        calendar.MapDelete("/calendar/feed", ManageFeed.Revoke).NeedsOnlySignIn();
        app.MapGet("/calendar/{token}.ics", ReadFeed.Handle).AllowAnonymous().ExcludeFromDescription();
        return app;
    }
}
