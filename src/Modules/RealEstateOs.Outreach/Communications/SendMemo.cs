using FluentValidation;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using RealEstateOs.Contracts.Auth;
using RealEstateOs.Contracts.Ids;
using RealEstateOs.Contracts.Outreach;
using RealEstateOs.Contracts.Properties;
using RealEstateOs.Platform.Authorization;
using RealEstateOs.Platform.Contacts;
using RealEstateOs.Platform.Http;
using RealEstateOs.Platform.Messaging;
using RealEstateOs.Platform.Persistence;
using RealEstateOs.Platform.Problems;
using RealEstateOs.Platform.Serialization;

namespace RealEstateOs.Outreach.Communications;

/// <example>{"property_id": 1, "template_id": 1, "delivery_method": "email"}</example>
public sealed record SendMemoRequest : IRequestBody<SendMemoRequest>
{
    public PropertyId? PropertyId { get; init; }
    public CommunicationTemplateId? TemplateId { get; init; }
    /// <summary>Default true; false writes a draft that the same request with true sends.</summary>
    public bool? SendImmediately { get; init; }
    /// <summary>Default: the template's.</summary>
    public MessageChannel? DeliveryMethod { get; init; }
}

internal sealed class SendMemoValidator : AbstractValidator<SendMemoRequest>
{
    public SendMemoValidator()
    {
        RuleFor(m => m.PropertyId).NotNull();
        RuleFor(m => m.TemplateId).NotNull();
    }
}

/// <summary>
/// <see cref="Status"/> is <c>queued</c> and <see cref="SentAt"/> null where the provider had not taken the memo when the answer left.
/// </summary>
/// <param name="Body">Variables filled in.</param>
/// <param name="Subject">Of mails, with variables filled in.</param>
public sealed record MemoResponse(
    CommunicationId CommunicationId, PropertyId PropertyId, CommunicationTemplateId TemplateId, string? Subject, string Body,
    MessageChannel DeliveryMethod)
{
    public CommunicationStatus Status { get; set; }
    /// <summary>When it left; null until then.</summary>
    public DateTimeOffset? SentAt { get; set; }
    /// <summary>The job that sends it: <c>/api/v1/status/{task_id}</c>.</summary>
    public string? TaskId { get; set; }
}

internal static class SendMemo
{
    /// <summary>Writes a memo to the owner and sends it. The same memo on the same day is one memo: a repeat answers the first.</summary>
    public static async Task<Ok<MemoResponse>> Handle(
        SendMemoRequest request, OutreachDb db, IPropertyOutreach properties, IOrganizationDirectory organizations,
        CommunicationPost post, CurrentUser user, TimeProvider clock, CancellationToken ct)
    {
        var property = await properties.FindAsync(request.PropertyId!.Value, ct)
            ?? throw Problem.Invalid(FieldError.Format("property_id", "names no property of the organization"));
        await DefaultTemplates.EnsureAsync(db, organizations, ct);
        var template = await db.CommunicationTemplates.AsNoTracking().FirstOrDefaultAsync(t => t.Id == request.TemplateId, ct)
            ?? throw Problem.Invalid(FieldError.Format("template_id", "names no template of the organization"));
        if (request.DeliveryMethod is { } wanted && wanted != template.Type)
            throw Problem.Invalid(FieldError.Format("delivery_method",
                $"is {Vocabulary.Word(wanted)}, but the template is for {Vocabulary.Word(template.Type)}"));
        var defaults = await organizations.DefaultsAsync(ct);
        var recipient = RecipientOf(property, template.Type, defaults.Country);
        var author = (await organizations.PeopleAsync([user.Id], ct)).GetValueOrDefault(user.Id);
        var memo = await WriteAsync(db, property, template, recipient, defaults, author, user.Id, clock, ct);
        var answer = new MemoResponse(memo.Id, property.Id, template.Id, memo.Subject, memo.Body, memo.Channel) { Status = memo.Status,
            SentAt = memo.SentAt, TaskId = memo.JobId?.Reference() };
        if (memo.Status != CommunicationStatus.Draft || request.SendImmediately == false) return TypedResults.Ok(answer);

        if (await post.WhyNotAsync(memo.Channel, memo.Address, "owner", ct) is { } why) throw Problem.Conflict(why);
        var (posted, later) = await post.PostAsync(memo, defaults, author, property.OwnerName, ct);
        (answer.Status, answer.TaskId) = (CommunicationStatus.Queued, posted.Job.Reference());
        if (later is null) db.Work.AfterCommit(_ => Departure.AwaitAsync(db.Work, memo.Id, answer, ct));
        return TypedResults.Ok(answer);
    }

    private static string RecipientOf(OutreachProperty property, MessageChannel channel, string? country) => channel == MessageChannel.Email
        ? EmailAddress.Normalise(property.OwnerEmail)
            ?? throw Problem.Invalid(
                FieldError.Missing("owner_email") with { Message =
                    "is missing: the property has no valid e-mail address of its owner, so nothing can be sent" })
        : PhoneNumber.Normalise(property.OwnerPhone, country)
            ?? throw Problem.Invalid(
                FieldError.Missing("owner_phone") with { Message =
                    "is missing: the property has no valid phone number of its owner, so nothing can be sent" });

    /// <summary>
    /// Writes today's draft, or writes it anew: an address, a price, a text may have been corrected since. What has left is found as it
    /// left. Holds it: the key is unique, and who comes second waits for the first to commit.
    /// </summary>
    private static async Task<Communication> WriteAsync(
        OutreachDb db, OutreachProperty property, CommunicationTemplate template, string recipient, OrganizationDefaults defaults,
        Person? agent, UserId by, TimeProvider clock, CancellationToken ct)
    {
        var zone = TimeZoneInfo.TryFindSystemTimeZoneById(defaults.TimeZone, out var found) ? found : TimeZoneInfo.Utc;
        var key = FormattableString.Invariant(
            $"memo_{property.Id.Value}_{template.Id.Value}_{TimeZoneInfo.ConvertTime(clock.GetUtcNow(), zone):yyyy-MM-dd}");
        var values = MemoVariables.Of(property, agent, defaults.Name);
        var subject = template.SubjectTemplate is { } line ? MessageTemplate.Text(line, values).ReplaceLineEndings(" ") : null;
        var html = template.Type == MessageChannel.Email && MessageTemplate.IsHtml(template.BodyTemplate);
        var body = html ? MessageTemplate.Html(template.BodyTemplate, values) : MessageTemplate.Text(template.BodyTemplate, values);
        await db.Database.ExecuteSqlAsync(
            $"""
             insert into outreach.communications (organization_id, property_id, template_id, memo_key, channel, address, subject, body,
                 is_html, state, created_by, created_at)
             values ({db.CurrentOrganization.Value}, {property.Id.Value}, {template.Id.Value}, {key}, {Vocabulary.Word(template.Type)},
                 {recipient}, {subject}, {body}, {html},
                     'pending', {by.Value}, {clock.Now()})
             on conflict (organization_id, memo_key) where memo_key is not null do update set channel = excluded.channel,
                 address = excluded.address, subject = excluded.subject, body = excluded.body, is_html = excluded.is_html
             where communications.state = 'pending'
             """, ct);
        return await db.Communications
            .FromSql(
                $"""
                 select * from outreach.communications
                 where organization_id = {db.CurrentOrganization.Value} and memo_key = {key} for update
                 """)
            .AsNoTracking().SingleAsync(ct);
    }
}
