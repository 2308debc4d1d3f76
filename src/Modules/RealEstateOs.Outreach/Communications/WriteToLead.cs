using System.ComponentModel.DataAnnotations;
using FluentValidation;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using RealEstateOs.Contracts.Auth;
using RealEstateOs.Contracts.Leads;
using RealEstateOs.Contracts.Outreach;
using RealEstateOs.Outreach.Campaigns;
using RealEstateOs.Outreach.Messages;
using RealEstateOs.Platform.Authorization;
using RealEstateOs.Platform.Contacts;
using RealEstateOs.Platform.Http;
using RealEstateOs.Platform.Messaging;
using RealEstateOs.Platform.Persistence;

namespace RealEstateOs.Outreach.Communications;

/// <example>{"lead_id": 1, "subject": "The villa you asked about",
/// "body": "Dear {{first_name}}, it is free to view on Saturday."}</example>
public sealed record WriteToLeadRequest : IRequestBody<WriteToLeadRequest>
{
    public LeadId? LeadId { get; init; }
    /// <summary>Default <c>email</c>.</summary>
    public MessageChannel? DeliveryMethod { get; init; }
    /// <summary>Of a mail; may have variables, as in campaigns.</summary>
    [MaxLength(300)] public string? Subject { get; init; }
    /// <summary>Text or HTML; may have variables, as in campaigns.</summary>
    [MaxLength(20_000)] public string? Body { get; init; }
}

internal sealed class WriteToLeadValidator : AbstractValidator<WriteToLeadRequest>
{
    public WriteToLeadValidator()
    {
        RuleFor(m => m.LeadId).NotNull();
        RuleFor(m => m.Body).NotEmpty();
        RuleFor(m => m.Subject).NotEmpty().When(m => m.DeliveryMethod != MessageChannel.Sms);
    }
}

/// <summary>The message as the lead would get it, without its foot.</summary>
public sealed record WrittenMessage(MessageChannel DeliveryMethod, string Recipient, string? Subject, string Body);

/// <summary>One message from one person to one lead; it leaves unless the lead, or its address, has said no.</summary>
internal sealed class WriteToLead(OutreachDb db, ILeadReader leads, ILeadAudience audience, IOrganizationDirectory organizations,
    ISuppressionList suppressions, CommunicationPost post, CurrentUser user, TimeProvider clock)
{
    /// <summary>The message as it would leave; nothing is sent. What would keep it from leaving is told here, too.</summary>
    public static async Task<Ok<WrittenMessage>> Preview(WriteToLeadRequest request, WriteToLead writer, CancellationToken ct)
    {
        var (message, _) = await writer.WriteAsync(request, ct);
        return TypedResults.Ok(message);
    }

    /// <summary>Writes one mail or text message to a lead, from the signed-in user; its fate is under its id.</summary>
    public static async Task<Accepted<CommunicationResponse>> Send(WriteToLeadRequest request, WriteToLead writer, CancellationToken ct)
    {
        var (message, office) = await writer.WriteAsync(request, ct);
        var made = await writer.PostAsync(request, message, office, ct);
        return TypedResults.Accepted($"/api/v1/communications/{made.Id.Value}", made);
    }

    private async Task<(WrittenMessage Message, OrganizationDefaults Office)> WriteAsync(WriteToLeadRequest request, CancellationToken ct)
    {
        FieldError[] faults = [.. MessageTemplate.Check("subject", request.Subject, CampaignVariables.Known),
            .. MessageTemplate.Check("body", request.Body, CampaignVariables.Known)];
        if (faults.Length > 0) throw Problem.Invalid(faults);
        var (id, channel) = (request.LeadId!.Value, request.DeliveryMethod ?? MessageChannel.Email);
        var lead = await audience.RequireAsync(leads, id, ct);
        var recipient = channel == MessageChannel.Email ? EmailAddress.Normalise(lead.Email) : lead.Phone;
        if (string.IsNullOrEmpty(recipient))
            throw Problem.Invalid(FieldError.Format("lead_id",
                $"has no {(channel == MessageChannel.Email ? "valid e-mail address" : "valid phone number")}, so nothing can be sent"));
        if (channel == MessageChannel.Email ? lead.MailRefused : lead.TextRefused)
            throw Problem.Conflict("The lead has said no to such messages.");
        if ((await suppressions.FindAsync(channel, [recipient], ct)).TryGetValue(recipient, out var reason))
            throw Problem.Conflict($"The lead may not be written to: the address is on the suppression list ({Vocabulary.Word(reason)}).");
        var office = await organizations.DefaultsAsync(ct);
        var people = await organizations.PeopleAsync([.. new[] { lead.AssignedTo, user.Id }.OfType<UserId>()], ct);
        var values = CampaignVariables.Of(lead, lead.AssignedTo is { } agent ? people.GetValueOrDefault(agent) : null,
            people.GetValueOrDefault(user.Id), office);
        var html = channel == MessageChannel.Email && MessageTemplate.IsHtml(request.Body!);
        return (new WrittenMessage(channel, recipient,
            channel == MessageChannel.Email ? MessageTemplate.Text(request.Subject!, values).ReplaceLineEndings(" ") : null,
            html ? MessageTemplate.Html(request.Body!, values) : MessageTemplate.Text(request.Body!, values)), office);
    }

    private async Task<CommunicationResponse> PostAsync(WriteToLeadRequest request, WrittenMessage message, OrganizationDefaults office,
        CancellationToken ct)
    {
        var isMail = message.DeliveryMethod == MessageChannel.Email;
        var communication = new Communication
        {
            LeadId = request.LeadId, Channel = message.DeliveryMethod, Recipient = message.Recipient, Subject = message.Subject,
            Body = message.Body, IsHtml = isMail && MessageTemplate.IsHtml(request.Body!), Status = CommunicationStatus.Queued,
            CreatedBy = user.Id, CreatedAt = clock.Now(),
        };
        db.Add(communication);
        await db.SaveChangesAsync(ct);
        var me = (await organizations.PeopleAsync([user.Id], ct)).GetValueOrDefault(user.Id);
        await post.PostAsync(communication, office, me, null, ct);
        return CommunicationResponse.Of(communication);
    }
}
