using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using RealEstateOs.Contracts.Crm;
using RealEstateOs.Crm.Communications;
using RealEstateOs.Crm.ProviderWebhooks;
using RealEstateOs.Platform.Authorization;
using RealEstateOs.Platform.Http;
using RealEstateOs.Platform.Messaging;
using RealEstateOs.Platform.RateLimits;
using RealEstateOs.Platform.Sample;

namespace RealEstateOs.Crm;

/// <summary>Memos and their templates, the history of communications, the suppression list.</summary>
internal static class CrmOutreachRoutes
{
    public static IServiceCollection AddOutreach(this IServiceCollection services) => services
        .AddScoped<IMessageOwner, CommunicationMessages>()
        .AddScoped<ISuppressionList, SuppressionList>()
        .AddSingleton<ISampleData, SampleTemplates>()
        .AddSingleton<WebhookSecrets>()
        .AddSingleton<EventIntake>()
        .AddPermissions(OutreachPermissions.All);

    public static IEndpointRouteBuilder MapOutreach(this IEndpointRouteBuilder app)
    {
        app.ServiceProvider.GetRequiredService<WebhookSecrets>(); // made at the start: whoever signs a first webhook looks for them before it comes
        var api = app.MapApi("Communications");
        api.MapPost("/quick-wins/generate-and-send", SendMemo.Handle).Needs(OutreachPermissions.Send);

        var communications = api.MapGroup("/communications");
        communications.MapGet("/", ListCommunications.Handle).Needs(OutreachPermissions.Read);
        communications.MapGet("/{id}", ListCommunications.Get).Needs(OutreachPermissions.Read);

        var templates = communications.MapGroup("/templates");
        templates.MapGet("/", Templates.List).Needs(OutreachPermissions.Read);
        templates.MapPost("/", Templates.Create).Needs(OutreachPermissions.Create);
        templates.MapGet("/{id}", Templates.Get).Needs(OutreachPermissions.Read);
        templates.MapPut("/{id}", Templates.Update).Needs(OutreachPermissions.Update);
        templates.MapPatch("/{id}", Templates.Update).Needs(OutreachPermissions.Update);
        templates.MapDelete("/{id}", Templates.Delete).Needs(OutreachPermissions.Delete);
        templates.MapPost("/{id}/restore", Templates.Restore).Needs(OutreachPermissions.Delete);

        var suppressions = communications.MapGroup("/suppressions");
        suppressions.MapGet("/", Suppressions.List).Needs(OutreachPermissions.Read);
        suppressions.MapPost("/", Suppressions.Add).Needs(OutreachPermissions.Update);
        suppressions.MapDelete("/{id}", Suppressions.Remove).Needs(OutreachPermissions.Delete);

        var webhooks = app.MapApi("Webhooks").MapGroup("/webhooks");
        webhooks.MapPost("/email-provider", ReceiveEvents.Email).AllowAnonymous().WithMetadata(new ConnectionPolicy(HoldsNone: true)).WithoutRateLimit();
        webhooks.MapPost("/sms-provider", ReceiveEvents.Sms).AllowAnonymous().WithMetadata(new ConnectionPolicy(HoldsNone: true)).WithoutRateLimit();
        return app;
    }
}

internal static class OutreachPermissions
{
    public const string Read = "communications:read", Create = "communications:create", Update = "communications:update", Delete = "communications:delete", Send = "communications:send";

    public static readonly PermissionDefinition[] All =
    [
        new(Read, "See communications, their templates and the suppression list", DefaultRoles.Manager | DefaultRoles.Agent | DefaultRoles.Viewer),
        new(Create, "Add templates of communications", DefaultRoles.Manager | DefaultRoles.Agent),
        new(Update, "Change templates, put addresses on the suppression list", DefaultRoles.Manager | DefaultRoles.Agent),
        new(Delete, "Delete templates, take addresses off the suppression list", DefaultRoles.Manager),
        new(Send, "Write to owners and leads", DefaultRoles.Manager | DefaultRoles.Agent),
    ];
}
