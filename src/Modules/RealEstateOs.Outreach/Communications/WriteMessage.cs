using System.ComponentModel.DataAnnotations;
using FluentValidation;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using RealEstateOs.Contracts.Auth;
using RealEstateOs.Contracts.Crm;
using RealEstateOs.Contracts.Leads;
using RealEstateOs.Contracts.Outreach;
using RealEstateOs.Contracts.Properties;
using RealEstateOs.Outreach.Messages;
using RealEstateOs.Platform.Authorization;
using RealEstateOs.Platform.Http;
using RealEstateOs.Platform.Messaging;
using RealEstateOs.Platform.Problems;

namespace RealEstateOs.Outreach.Communications;

/// <summary>To a lead or to a client.</summary>
/// <example>{"lead_id": 1, "subject": "The villa you asked about",
/// "body": "Dear {{first_name}}, it is free to view on Saturday."}</example>
public sealed record WriteMessageRequest : IRequestBody<WriteMessageRequest>
{
    /// <summary>Either this or <see cref="ClientId"/>.</summary>
    public LeadId? LeadId { get; init; }
    public ClientId? ClientId { get; init; }
    /// <summary>What it is about, for the variables of the property; the lead's by default.</summary>
    public PropertyId? PropertyId { get; init; }
    /// <summary>Default <c>email</c>.</summary>
    public MessageChannel? DeliveryMethod { get; init; }
    /// <summary>Of a mail; may have variables, as in campaigns.</summary>
    [MaxLength(300)] public string? Subject { get; init; }
    /// <summary>Text or HTML; may have variables, as in campaigns.</summary>
    [MaxLength(20_000)] public string? Body { get; init; }
}

internal sealed class WriteMessageValidator : AbstractValidator<WriteMessageRequest>
{
    public WriteMessageValidator()
    {
        RuleFor(m => m.LeadId).NotNull().When(m => m.ClientId is null);
        RuleFor(m => m.ClientId).Null().When(m => m.LeadId is not null)
            .WithMessage("stands beside lead_id; a message is to one person");
        RuleFor(m => m.Body).NotEmpty();
        RuleFor(m => m.Subject).NotEmpty().When(m => m.DeliveryMethod != MessageChannel.Sms);
    }
}

/// <summary>The message as its reader would get it, without its foot.</summary>
/// <param name="Missing">Variables that are empty for this reader, and that the text does not ask for with <c>{{#if}}</c>.</param>
/// <param name="Recipient">Address or number.</param>
/// <param name="Body">Variables filled in.</param>
/// <param name="Subject">Of mails, with variables filled in.</param>
public sealed record WrittenMessage(MessageChannel DeliveryMethod, string Recipient, string? Subject, string Body,
    IReadOnlyList<string> Missing);

/// <summary>One message from one person to one lead or client; it leaves unless they, or their address, have said no.</summary>
internal sealed class WriteMessage(Correspondents correspondents, IPropertyReader properties, ShownProperties shown,
    IOrganizationDirectory organizations, CommunicationPost post, CurrentUser user)
{
    /// <summary>The message as it would leave; nothing is sent. What would keep it from leaving is told here, too.</summary>
    public static async Task<Ok<WrittenMessage>> Preview(WriteMessageRequest request, WriteMessage writer, CancellationToken ct)
    {
        var (message, _, _, _) = await writer.WriteAsync(request, ct);
        return TypedResults.Ok(message);
    }

    /// <summary>Writes one mail or text message to a lead or client, from the signed-in user; its fate is under its id.</summary>
    public static async Task<Accepted<CommunicationResponse>> Send(WriteMessageRequest request, WriteMessage writer, CancellationToken ct)
    {
        var made = await writer.PostAsync(request, ct);
        return TypedResults.Accepted($"/api/v1/communications/{made.Id.Value}", made);
    }

    private async Task<CommunicationResponse> PostAsync(WriteMessageRequest request, CancellationToken ct)
    {
        var (message, to, office, author) = await WriteAsync(request, ct);
        return CommunicationResponse.Of(await post.WriteAsync(new Communication
        {
            LeadId = request.LeadId, ClientId = request.ClientId, PropertyId = request.PropertyId, Subject = message.Subject,
            Body = message.Body, IsHtml = message.DeliveryMethod == MessageChannel.Email && MessageTemplate.IsHtml(request.Body!),
        }, to, office, author, ct));
    }

    private async Task<(WrittenMessage Message, Correspondent To, OrganizationDefaults Office, Person? Author)> WriteAsync(
        WriteMessageRequest request, CancellationToken ct)
    {
        FieldError[] faults = [.. MessageTemplate.Check("subject", request.Subject, MessageVariables.Known),
            .. MessageTemplate.Check("body", request.Body, MessageVariables.Known)];
        if (faults.Length > 0) throw Problem.Invalid(faults);
        if (request.PropertyId is { } about) await properties.RequireAsync([about], ct);
        var channel = request.DeliveryMethod ?? MessageChannel.Email;
        var to = await correspondents.FindAsync(request.LeadId, request.ClientId, channel, ct);
        if (to.Refusal is { } why)
            throw to.Address.Length > 0 ? Problem.Conflict(why)
                : Problem.Invalid(FieldError.Format($"{to.Who}_id", Correspondent.NoAddress(channel)));
        var (person, office) = (to.Person, await organizations.DefaultsAsync(ct));
        var people = await organizations.PeopleAsync([.. new[] { person.AssignedTo, user.Id }.OfType<UserId>()], ct);
        var author = people.GetValueOrDefault(user.Id);
        var values = MessageVariables.Of(person, person.AssignedTo is { } agent ? people.GetValueOrDefault(agent) : null, author, office,
            await shown.SeenAsync(request.PropertyId ?? person.PropertyId, ct));
        var html = channel == MessageChannel.Email && MessageTemplate.IsHtml(request.Body!);
        return (new WrittenMessage(channel, to.Address,
            channel == MessageChannel.Email ? MessageTemplate.Text(request.Subject!, values).ReplaceLineEndings(" ") : null,
            html ? MessageTemplate.Html(request.Body!, values) : MessageTemplate.Text(request.Body!, values),
            MessageTemplate.Empty($"{request.Subject}\n{request.Body}", values)), to, office, author);
    }
}
