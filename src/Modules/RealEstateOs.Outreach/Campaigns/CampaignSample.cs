using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using RealEstateOs.Contracts.Auth;
using RealEstateOs.Contracts.Ids;
using RealEstateOs.Contracts.Leads;
using RealEstateOs.Contracts.Outreach;
using RealEstateOs.Outreach.Messages;
using RealEstateOs.Platform.Authorization;
using RealEstateOs.Platform.Http;
using RealEstateOs.Platform.Imports;
using RealEstateOs.Platform.Messaging;
using RealEstateOs.Platform.Problems;

namespace RealEstateOs.Outreach.Campaigns;

/// <example>{"lead_id": 1}</example>
public sealed record PreviewCampaignRequest : IRequestBody<PreviewCampaignRequest>
{
    /// <summary>For whom it is written; without it, for the signed-in user.</summary>
    public LeadId? LeadId { get; init; }
}

/// <summary>The message as it would leave; links that count and unsubscribe lead nowhere. <c>html</c> is null for text messages.</summary>
/// <param name="Missing">Variables that are empty for this reader, and that the text does not ask for with <c>{{#if}}</c>.</param>
/// <param name="To">The address or number.</param>
/// <param name="FromName">Of mails: the agent and the office.</param>
/// <param name="ReplyTo">Where an answer goes.</param>
/// <param name="Text">The text part of a mail, or the text message.</param>
/// <param name="Subject">Of mails, with variables filled in.</param>
/// <param name="Html">The mail as it looks; null for text messages.</param>
public sealed record CampaignPreview(string? To, string? FromName, string? ReplyTo, string? Subject, string? Html, string Text,
    IReadOnlyList<string> Missing);

/// <param name="To">The signed-in user's own address.</param>
/// <param name="JobId">The job that sends it: <c>/api/v1/status/{job_id}</c>.</param>
public sealed record CampaignTest(string To, string JobId);

/// <summary>Shows a campaign before anybody gets it.</summary>
internal sealed class CampaignSample(ILeadReader leads, ILeadAudience audience, IOrganizationDirectory organizations, Letters letters,
    ShownProperties properties, CurrentUser user)
{
    private const string NoToken = "preview";

    /// <summary>The campaign's message as one lead would read it, or the signed-in user.</summary>
    public static async Task<Results<Ok<CampaignPreview>, NotFound>> Preview(
        CampaignId id, PreviewCampaignRequest request, OutreachDb db, CurrentUser user, CampaignSample sample, CancellationToken ct)
    {
        if (await CampaignRecords.FindAsync(db, id, user, CampaignPermissions.Read, ct) is not { } campaign) return TypedResults.NotFound();
        var (to, office) = await sample.AddresseeAsync(campaign, request.LeadId, ct);
        var missing = MessageTemplate.Empty($"{campaign.Subject}\n{campaign.Content}", to.Variables);
        if (campaign.CampaignType == CampaignType.Sms)
        {
            var text = sample.Text(campaign, to, office);
            return TypedResults.Ok(new CampaignPreview(text.To, null, null, null, null, text.Text, missing));
        }
        var mail = sample.Mail(campaign, to);
        return TypedResults.Ok(new CampaignPreview(mail.To, mail.FromName, mail.ReplyTo?.Split(',')[0], mail.Subject, mail.Html, mail.Text,
            missing));
    }

    /// <summary>Sends the campaign's mail to the signed-in user, marked as a test; nothing is counted.</summary>
    public static async Task<Results<Accepted<CampaignTest>, NotFound>> Test(
        CampaignId id, PreviewCampaignRequest request, OutreachDb db, CurrentUser user, CampaignSample sample,
        IOrganizationDirectory organizations, Mailbox mailbox, CancellationToken ct)
    {
        if (await CampaignRecords.FindAsync(db, id, user, CampaignPermissions.Update, ct) is not { } campaign)
            return TypedResults.NotFound();
        if (campaign.CampaignType != CampaignType.Email) throw Problem.Conflict("Only a campaign by e-mail has a test mail.");
        var me = (await organizations.PeopleAsync([user.Id], ct))[user.Id];
        var mail = sample.Mail(campaign, (await sample.AddresseeAsync(campaign, request.LeadId, ct)).To);
        var posted = await mailbox.PostAsync(mail with
        {
            To = me.Email, ToName = me.FullName, ReplyTo = mail.ReplyTo?.Split(',')[0], Subject = $"[Test] {mail.Subject}",
            Reference = null,
            Headers = new Dictionary<string, string>(),
        }, ct);
        return TypedResults.Accepted((string?)null, new CampaignTest(me.Email, posted.Job.Reference()));
    }

    private Sms Text(Campaign campaign, Addressee to, OrganizationDefaults office) =>
        letters.Text(to, campaign.Content, office.TimeZone).Sms;

    private Mail Mail(Campaign campaign, Addressee to) => letters.Mail(to, campaign.Subject ?? campaign.Name, campaign.Content);

    private async Task<(Addressee To, OrganizationDefaults Office)> AddresseeAsync(Campaign campaign, LeadId? lead, CancellationToken ct)
    {
        var office = await organizations.DefaultsAsync(ct);
        var contact = lead is { } id ? await audience.RequireAsync(leads, id, ct)
            : Of((await organizations.PeopleAsync([user.Id], ct))[user.Id]);
        var people = await organizations.PeopleAsync([.. new[] { contact.AssignedTo, campaign.CreatedBy }.OfType<UserId>()], ct);
        Person? Person(UserId? who) => who is { } known ? people.GetValueOrDefault(known) : null;
        var values = MessageVariables.Of(contact, Person(contact.AssignedTo), Person(campaign.CreatedBy), office,
            await properties.SeenAsync(campaign.PropertyId ?? contact.PropertyId, ct));
        var address = campaign.CampaignType == CampaignType.Sms ? contact.Phone : contact.Email;
        return (new Addressee(address ?? "", NoToken, campaign.Id.Reference(), values, office.Name), office);
    }

    private static LeadContact Of(Person person)
    {
        var (first, last) = PersonNames.Split(person.FullName);
        return new LeadContact(default, first, last, person.Email, person.Phone, null, null, null, null,
            MailRefused: false, TextRefused: false);
    }
}
