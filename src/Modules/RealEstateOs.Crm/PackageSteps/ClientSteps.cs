using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using RealEstateOs.Contracts.Agenda;
using RealEstateOs.Contracts.Auth;
using RealEstateOs.Contracts.Crm;
using RealEstateOs.Contracts.Ids;
using RealEstateOs.Contracts.Outreach;
using RealEstateOs.Contracts.Texts;
using RealEstateOs.Contracts.Workflows;
using RealEstateOs.Crm.Clients;
using RealEstateOs.Crm.Matching;
using RealEstateOs.Platform.Authorization;
using RealEstateOs.Platform.Persistence;
using RealEstateOs.Platform.Problems;
using RealEstateOs.Platform.Rendering;
using RealEstateOs.Platform.Serialization;
using RealEstateOs.Platform.Workflows;

namespace RealEstateOs.Crm.PackageSteps;

/// <summary>The steps that this module brings to workflow packages.</summary>
internal static class ClientSteps
{
    // Outreach's permission for whoever writes to a client by hand.
    private const string Writing = "communications:send";

    public static IServiceCollection AddClientSteps(this IServiceCollection services) => services
        .AddWorkflowStep<ClientReview, ClientInput>(
            "client_review", "Client review", "Says what is known of the client and what is missing.", CrmPermissions.Read)
        .AddWorkflowStep<CommunicationPreferences, PreferencesInput>(
            "communication_preferences", "Communication preferences",
            "Records how the client is to be reached, where that is not recorded yet.", CrmPermissions.Update)
        .AddWorkflowStep<ClientMessage, ClientMessageInput>(
            "client_message", "Message to the client",
            "Writes a mail to the client, unless they have said no or the address is on the suppression list.", Writing)
        .AddWorkflowStep<OnboardingMessage, OnboardingMessageInput>(
            "onboarding_message", "Message to a new client",
            "Welcomes a client or tells of the services, in the office's language and in its own words where there are some.", Writing)
        .AddWorkflowStep<ClientTask, ClientTaskInput>(
            "client_task", "Appointment with the client", "Puts a dated activity among the client's, where the agenda shows it.",
            CrmPermissions.Update);

    public static async Task<Client> RequireAsync(this CrmDb db, ClientId id, CurrentUser user, string permission, CancellationToken ct) =>
        await db.FindAsync(id, user, permission, ct)
            ?? throw Problem.Invalid(FieldError.Format("client_id", "names no client that you can see"));
}

internal record ClientInput
{
    public required ClientId ClientId { get; init; }
}

internal sealed class ClientReview(CrmDb db, CurrentUser user) : IWorkflowStep<ClientInput>
{
    public async Task<StepResult> RunAsync(ClientInput input, StepContext context, CancellationToken ct)
    {
        var client = await db.RequireAsync(input.ClientId, user, CrmPermissions.Read, ct);
        var wishes = Wishes.Of(client.Preferences);
        var missing = new (string Name, bool IsThere)[]
        {
            ("email", client.Email is not null), ("phone", client.Phone is not null), ("type", client.Type is not null),
            ("preferences", !wishes.AskForNothing),
            ("assigned_agent_id", client.AssignedAgentId is not null),
        }.Where(m => !m.IsThere).Select(m => m.Name).ToArray();
        return StepResult.Done(new { name = client.FullName, type = client.Type, area = wishes.Areas.FirstOrDefault(), missing });
    }
}

internal sealed record PreferencesInput : ClientInput
{
    /// <summary>email, phone or sms; by default the first that the client can be reached by.</summary>
    public string? Channel { get; init; }
    /// <summary>en or ar; the office's by default.</summary>
    public string? Language { get; init; }
}

/// <summary>Kept in the client's metadata, as <c>communication_preferences</c>.</summary>
internal sealed class CommunicationPreferences(CrmDb db, IOrganizationDirectory organizations, CurrentUser user)
    : IWorkflowStep<PreferencesInput>
{
    private const string Member = "communication_preferences";

    public async Task<StepResult> RunAsync(PreferencesInput input, StepContext context, CancellationToken ct)
    {
        if (input.Channel is not (null or "email" or "phone" or "sms"))
            throw Problem.Invalid(FieldError.Format("channel", "must be one of email, phone, sms"));
        var client = await db.RequireAsync(input.ClientId, user, CrmPermissions.Update, ct);
        var metadata = client.Metadata is { ValueKind: JsonValueKind.Object } given ? JsonObject.Create(given)! : [];
        if (metadata.ContainsKey(Member))
            return StepResult.Skipped("They are recorded already.", new { communication_preferences = metadata[Member] });
        var channel = input.Channel ?? (client.Email is not null ? "email" : client.Phone is not null ? "phone" : null);
        if (channel is null)
            return StepResult.Skipped("The client can't be reached: there is neither an e-mail address nor a phone number.");
        var language = input.Language ?? PageWords.LanguageOf((await organizations.DefaultsAsync(ct)).Locale);
        var preferences = new JsonObject { ["channel"] = channel, ["language"] = language };
        metadata[Member] = preferences;
        client.Metadata = JsonSerializer.SerializeToElement(metadata);
        db.AddHistory(client, "preferences_set", "Communication Preferences Recorded", $"Reached by {channel}");
        await db.SaveChangesAsync(ct);
        return StepResult.Done(new { communication_preferences = preferences },
            new Deliverable("Communication Preferences Setup", client.Id.Reference()));
    }
}

internal sealed record ClientMessageInput : ClientInput
{
    public required string Subject { get; init; }
    /// <summary>Paragraphs; greeting and signature are added.</summary>
    public required string Content { get; init; }
    /// <summary>A sentence about the market, set below.</summary>
    public string? Market { get; init; }
    /// <summary>What it is called among the deliverables.</summary>
    public string? Deliverable { get; init; }
}

internal sealed class ClientMessage(CrmDb db, ICorrespondence correspondence, IOrganizationDirectory organizations, CurrentUser user)
    : IWorkflowStep<ClientMessageInput>
{
    public async Task<StepResult> RunAsync(ClientMessageInput input, StepContext context, CancellationToken ct)
    {
        var client = await db.RequireAsync(input.ClientId, user, CrmPermissions.Read, ct);
        var agent = (await organizations.PeopleAsync([client.AssignedAgentId ?? user.Id], ct)).Values.FirstOrDefault();
        var office = (await organizations.DefaultsAsync(ct)).Name;
        var text = string.Join("\n\n", new[] { Greeting.Of(client.FirstName, input.Content), input.Content, input.Market,
            agent is null ? office : $"{agent.FullName}\n{office}" }.OfType<string>());
        var posted = await correspondence.WriteAsync(new ClientLetter(client.Id, input.Subject, text) { From = agent?.Id }, ct);
        if (posted.Id is not { } letter) return StepResult.Skipped(posted.WhyNot!);
        var message = new Deliverable("Message", letter.Reference());
        return StepResult.Done(new { communication_id = letter, subject = input.Subject },
            input.Deliverable is { } kind ? [new Deliverable(kind, message.Reference), message] : [message]);
    }
}

internal sealed record ClientTaskInput : ClientInput
{
    /// <summary>A word of the office's own; call by default.</summary>
    public string? ActivityType { get; init; }
    /// <summary>By default the first call, in the office's language; of another activity, its type.</summary>
    public string? Subject { get; init; }
    /// <summary>0 to 8760, 48 by default.</summary>
    public double? DueInHours { get; init; }
}

internal sealed class ClientTask(CrmDb db, IOrganizationDirectory organizations, CurrentUser user, TimeProvider clock)
    : IWorkflowStep<ClientTaskInput>
{
    public async Task<StepResult> RunAsync(ClientTaskInput input, StepContext context, CancellationToken ct)
    {
        if (input.DueInHours is < 0 or > 8760) throw Problem.Invalid(FieldError.Range("due_in_hours", "is 0 to 8760"));
        var client = await db.RequireAsync(input.ClientId, user, CrmPermissions.Update, ct);
        var type = input.ActivityType ?? "call";
        var subject = input.Subject ?? (ClientActivity.KindOf(type) != AgendaKind.Call ? type
            : new OnboardingWords(PageWords.IsArabicTag((await organizations.DefaultsAsync(ct)).Locale))["first_call"]);
        var activity = new ClientActivity
        {
            ClientId = client.Id, ActivityType = type, Subject = subject, Description = subject,
            ScheduledAt = clock.Now().AddHours(input.DueInHours ?? 48),
            Metadata = JsonSerializer.SerializeToElement(new { execution = context.Reference, step = context.StepName }, Json.Options),
        };
        db.Add(activity);
        db.AddHistory(client, "activity_added", "Activity Planned", subject);
        await db.SaveChangesAsync(ct);
        await db.TellViewingAsync(client, activity, null, ct);
        return StepResult.Done(new { activity_id = activity.Id, due_at = activity.ScheduledAt },
            new Deliverable("Appointment", activity.Id.Reference()));
    }
}
