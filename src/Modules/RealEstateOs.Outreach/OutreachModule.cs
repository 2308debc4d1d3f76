using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using RealEstateOs.Contracts.Leads;
using RealEstateOs.Contracts.Outreach;
using RealEstateOs.Outreach.Campaigns;
using RealEstateOs.Outreach.Communications;
using RealEstateOs.Outreach.Deliveries;
using RealEstateOs.Outreach.Merges;
using RealEstateOs.Outreach.Messages;
using RealEstateOs.Outreach.Nurturing;
using RealEstateOs.Outreach.PackageSteps;
using RealEstateOs.Outreach.ProviderWebhooks;
using RealEstateOs.Outreach.Sample;
using RealEstateOs.Platform.Authorization;
using RealEstateOs.Platform.Contacts;
using RealEstateOs.Platform.Events.Subscriptions;
using RealEstateOs.Platform.Http;
using RealEstateOs.Platform.Jobs;
using RealEstateOs.Platform.Messaging;
using RealEstateOs.Platform.Persistence;
using RealEstateOs.Platform.RateLimits;
using RealEstateOs.Platform.Sample;
using RealEstateOs.Platform.Storage;

namespace RealEstateOs.Outreach;

/// <summary>
/// Everything that is written to people and what comes back: memos to owners, campaigns to leads, sequences that nurture them, the
/// suppression list, what providers report about messages.
/// </summary>
public static class OutreachModule
{
    public static IServiceCollection AddOutreach(this IServiceCollection services, IConfiguration configuration) => services
        .AddModuleDb<OutreachDb>(OutreachDb.Name)
        .AddContactKeys<SuppressionKeys>()
        .AddScoped<IMessageOwner, CommunicationMessages>()
        .AddScoped<ISuppressionList, SuppressionList>()
        .AddScoped<ILeadMergeFollower, FollowMergedLeads>()
        .AddSingleton<ISampleData, SampleTemplates>()
        .AddSingleton<WebhookSecrets>()
        .AddSingleton<EventIntake>()
        .AddPermissions(CommunicationPermissions.All)
        .AddScoped<ISampleData, SampleCampaign>()
        .AddScoped<CampaignMessages>()
        .AddScoped<IMailCampaigns, MailCampaigns>()
        .AddScoped<IMessageOwner, RecipientMessages>()
        .AddSingleton<TrackedLinks>()
        .AddSingleton<ReplyAddresses>()
        .AddSingleton<Letters>()
        .AddScoped<CampaignSample>()
        .AddScoped<ShownProperties>()
        .AddScoped<Correspondents>()
        .AddScoped<WriteMessage>()
        .AddScoped<ICorrespondence, Correspondence>()
        .AddScoped<CommunicationPost>()
        .AddJob<DeliverCampaign, CampaignToSend>(DeliverCampaign.Kind, queue: "campaigns", concurrency: 3, maxAttempts: 20,
            permission: CampaignPermissions.Read)
        .AddJob<WatchCampaign, CampaignToSend>(WatchCampaign.Kind, queue: "campaigns", concurrency: 3, maxAttempts: 20, announced: false,
            permission: CampaignPermissions.Read)
        .AddPermissions(CampaignPermissions.All)
        .AddOutreachSteps()
        .AddScoped<Enrolling>()
        .AddScoped<LeavingSequences>()
        .AddScoped<StepRunner>()
        .AddScoped<IMessageOwner, StepMessages>()
        .AddEventHandler<SequenceTriggers, LeadCreated>(SequenceTriggers.Subscription)
        .AddEventHandler<SequenceTriggers, LeadUpdated>(SequenceTriggers.Subscription)
        .AddEventHandler<SequenceExits, LeadReplied>(SequenceExits.Subscription)
        .AddEventHandler<SequenceExits, LeadUpdated>(SequenceExits.Subscription)
        .AddRecurringJob<SweepSequences>(SweepSequences.Kind, configuration["Nurturing:Schedule"] ?? "40 * * * * ?")
        .AddJob<RunSequences, DueSteps>(RunSequences.Kind, queue: "nurturing", concurrency: 3, maxAttempts: 20, announced: false,
            permission: NurturingPermissions.Read)
        .AddJob<EnrollByFilter, LeadsToEnroll>(EnrollByFilter.Kind, queue: "nurturing", concurrency: 1, maxAttempts: 20,
            permission: NurturingPermissions.Read)
        .AddPermissions(NurturingPermissions.All);

    public static IEndpointRouteBuilder MapOutreach(this IEndpointRouteBuilder app)
    {
        // Made at the start: whoever signs a first webhook looks for them before it comes.
        app.ServiceProvider.GetRequiredService<WebhookSecrets>();
        var api = app.MapApi("Communications");
        api.MapPost("/quick-wins/generate-and-send", SendMemo.Handle).Needs(CommunicationPermissions.Send);

        var communications = api.MapGroup("/communications");
        communications.MapGet("/", ListCommunications.Handle).Needs(CommunicationPermissions.Read);
        communications.MapPost("/", WriteMessage.Send).Needs(CommunicationPermissions.Send);
        communications.MapPost("/preview", WriteMessage.Preview).Needs(CommunicationPermissions.Send);
        communications.MapGet("/{id}", ListCommunications.Get).Needs(CommunicationPermissions.Read);

        var memoTemplates = communications.MapGroup("/templates");
        memoTemplates.MapGet("/", Templates.List).Needs(CommunicationPermissions.Read);
        memoTemplates.MapPost("/", Templates.Create).Needs(CommunicationPermissions.Create);
        memoTemplates.MapGet("/{id}", Templates.Get).Needs(CommunicationPermissions.Read);
        memoTemplates.MapMethods("/{id}", ApiGroup.PutAndPatch, Templates.Update).Needs(CommunicationPermissions.Update);
        memoTemplates.MapDelete("/{id}", Templates.Delete).Needs(CommunicationPermissions.Delete);
        memoTemplates.MapPost("/{id}/restore", Templates.Restore).Needs(CommunicationPermissions.Delete);

        var suppressions = communications.MapGroup("/suppressions");
        suppressions.MapGet("/", Suppressions.List).NeedsInFull(CommunicationPermissions.Read);
        suppressions.MapPost("/", Suppressions.Add).NeedsInFull(CommunicationPermissions.Update);
        suppressions.MapDelete("/{id}", Suppressions.Remove).NeedsInFull(CommunicationPermissions.Delete);

        var webhooks = app.MapApi("Webhooks").MapGroup("/webhooks");
        webhooks.MapPost("/email-provider", ReceiveEvents.Email).AllowAnonymous().WithMetadata(new ConnectionPolicy(HoldsNone: true))
            .WithoutRateLimit()
            .WithName("receiveMailEvents");
        webhooks.MapPost("/sms-provider", ReceiveEvents.Sms).AllowAnonymous().WithMetadata(new ConnectionPolicy(HoldsNone: true))
            .WithoutRateLimit()
            .WithName("receiveTextEvents");
        webhooks.MapPost("/inbound-mail", ReceiveReplies.Handle).AllowAnonymous()
            .WithMetadata(new ConnectionPolicy(HoldsNone: true), new UploadLimit(ReceiveReplies.MostBytes)).WithoutRateLimit()
            .WithName("receiveInboundMail");

        var campaigns = app.MapApi("Campaigns").MapGroup("/campaigns");
        campaigns.MapGet("/", CampaignRecords.List).Needs(CampaignPermissions.Read);
        campaigns.MapPost("/", CampaignRecords.Create).Needs(CampaignPermissions.Create);
        campaigns.MapGet("/stats", CampaignStats.Handle).Needs(CampaignPermissions.Read);
        campaigns.MapGet("/{id}", CampaignRecords.Get).Needs(CampaignPermissions.Read);
        campaigns.MapMethods("/{id}", ApiGroup.PutAndPatch, CampaignRecords.Update).Needs(CampaignPermissions.Update);
        campaigns.MapDelete("/{id}", CampaignRecords.Delete).Needs(CampaignPermissions.Delete);
        campaigns.MapPost("/{id}/restore", CampaignRecords.Restore).Needs(CampaignPermissions.Delete);
        campaigns.MapPost("/{id}/preview", CampaignSample.Preview).Needs(CampaignPermissions.Read);
        campaigns.MapPost("/{id}/test", CampaignSample.Test).Needs(CampaignPermissions.Update);
        campaigns.MapPost("/{id}/send", SendCampaign.Handle).Needs(CampaignPermissions.Send);
        campaigns.MapPost("/{id}/pause", SendCampaign.Pause).Needs(CampaignPermissions.Send);
        campaigns.MapPost("/{id}/resume", SendCampaign.Resume).Needs(CampaignPermissions.Send);
        campaigns.MapPost("/{id}/cancel", SendCampaign.Cancel).Needs(CampaignPermissions.Send);
        campaigns.MapGet("/{id}/recipients", CampaignRecipients.List).Needs(CampaignPermissions.Read);

        var templates = campaigns.MapGroup("/templates");
        templates.MapGet("/", CampaignTemplates.List).Needs(CampaignPermissions.Read);
        templates.MapPost("/", CampaignTemplates.Create).Needs(CampaignPermissions.Create);
        templates.MapGet("/{id}", CampaignTemplates.Get).Needs(CampaignPermissions.Read);
        templates.MapMethods("/{id}", ApiGroup.PutAndPatch, CampaignTemplates.Update).Needs(CampaignPermissions.Update);
        templates.MapDelete("/{id}", CampaignTemplates.Delete).Needs(CampaignPermissions.Delete);

        app.MapGet("/u/{token}", Unsubscribe.Page).AllowAnonymous().ExcludeFromDescription();
        app.MapPost("/u/{token}", Unsubscribe.Confirm).AllowAnonymous().ExcludeFromDescription().WithoutRateLimit();
        app.MapPost("/u/{token}/undo", Unsubscribe.Undo).AllowAnonymous().ExcludeFromDescription();
        app.MapGet("/c/{token}/{link:int}", Tracking.Click).AllowAnonymous().ExcludeFromDescription().WithoutRateLimit();
        app.MapGet("/o/{token}", Tracking.Open).AllowAnonymous().ExcludeFromDescription().WithoutRateLimit();

        var nurturing = app.MapApi("Nurturing").MapGroup("/nurturing");
        var sequences = nurturing.MapGroup("/sequences");
        sequences.MapGet("/", SequenceRecords.List).Needs(NurturingPermissions.Read);
        sequences.MapPost("/", SequenceRecords.Create).Needs(NurturingPermissions.Create);
        sequences.MapGet("/{id}", SequenceRecords.Get).Needs(NurturingPermissions.Read);
        sequences.MapMethods("/{id}", ApiGroup.PutAndPatch, SequenceRecords.Update).Needs(NurturingPermissions.Update);
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
