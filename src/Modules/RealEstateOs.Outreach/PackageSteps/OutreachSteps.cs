using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using RealEstateOs.Contracts.Auth;
using RealEstateOs.Contracts.Ids;
using RealEstateOs.Contracts.Leads;
using RealEstateOs.Contracts.Outreach;
using RealEstateOs.Contracts.Texts;
using RealEstateOs.Contracts.Workflows;
using RealEstateOs.Outreach.Nurturing;
using RealEstateOs.Platform.Authorization;
using RealEstateOs.Platform.Problems;
using RealEstateOs.Platform.Rendering;
using RealEstateOs.Platform.Serialization;
using RealEstateOs.Platform.Workflows;

namespace RealEstateOs.Outreach.PackageSteps;

/// <summary>The steps that this module brings to workflow packages.</summary>
internal static class OutreachSteps
{
    public static IServiceCollection AddOutreachSteps(this IServiceCollection services) => services
        .AddWorkflowStep<LeadMessage, LeadMessageInput>(
            "lead_message", "Message to the lead",
            "Sends a mail as a campaign of its own: consent, suppression list, tracked links and unsubscribing are those of all.",
            CommunicationPermissions.Send)
        .AddWorkflowStep<NurturingEnrollment, NurturingInput>(
            "nurturing_enrollment", "Follow-up sequence", "Brings the lead into a sequence of the office.", NurturingPermissions.Enroll);
}

internal sealed record LeadMessageInput
{
    public required LeadId LeadId { get; init; }
    /// <summary>Without it, the product's in the language asked for, else in that of the content.</summary>
    public string? Subject { get; init; }
    /// <summary>Paragraphs; the greeting is added. Without it, the product's in the language asked for.</summary>
    public string? Content { get; init; }
    /// <summary>en or ar; the office's by default.</summary>
    public string? Language { get; init; }
    /// <summary>A sentence about the market, set below.</summary>
    public string? Market { get; init; }
    /// <summary>A sentence about the office's own sales, set below.</summary>
    public string? Proof { get; init; }
    /// <summary>As <c>property_recommendations</c> answers them.</summary>
    public JsonElement? Properties { get; init; }
}

internal sealed class LeadMessage(IMailCampaigns campaigns, ILeadReader leads, ILeadAudience audience, ISuppressionList suppressions,
    IOrganizationDirectory organizations) : IWorkflowStep<LeadMessageInput>
{
    public async Task<StepResult> RunAsync(LeadMessageInput input, StepContext context, CancellationToken ct)
    {
        var id = (await leads.RequireAsync(input.LeadId, ct))!.Value;
        if ((await audience.PageAsync(new LeadWish { LeadIds = [id] }, null, 1, ct)).FirstOrDefault() is not { } lead)
            return StepResult.Skipped("The lead is gone.");
        if (string.IsNullOrWhiteSpace(lead.Email)) return StepResult.Skipped("The lead has no e-mail address.");
        if (lead.MailRefused) return StepResult.Skipped("The lead wants no e-mail.");
        var address = lead.Email.Trim().ToLowerInvariant();
        if ((await suppressions.FindAsync(MessageChannel.Email, [address], ct)).ContainsKey(address))
            return StepResult.Skipped("The address is on the suppression list.");
        var own = string.IsNullOrWhiteSpace(input.Content) ? null : input.Content;
        var words = new LeadMessageWords(input.Language is null && own is not null ? own.HoldsArabic()
            : PageWords.IsArabicTag(input.Language ?? (await organizations.DefaultsAsync(ct)).Locale));
        var subject = string.IsNullOrWhiteSpace(input.Subject) ? words["subject"] : input.Subject;
        var html = Html(lead, own ?? words["content"], input);
        var campaign = (await campaigns.SendAsync(new MailCampaign($"{context.PackageName} {context.Reference}", subject, html,
            new LeadWish { LeadIds = [id] }), ct)).Reference();
        return StepResult.Done(new { campaign_id = campaign }, new Deliverable("Message", campaign));
    }

    private static string Html(LeadContact lead, string content, LeadMessageInput input)
    {
        var html = new StringBuilder($"<p>{WebUtility.HtmlEncode(Greeting.Of(lead.FirstName, content))}</p>");
        foreach (var paragraph in new[] { content, input.Market, input.Proof }.OfType<string>()
            .SelectMany(t => t.Split("\n\n", StringSplitOptions.RemoveEmptyEntries)))
            html.Append(CultureInfo.InvariantCulture, $"<p>{WebUtility.HtmlEncode(paragraph)}</p>");
        if (input.Properties is not { ValueKind: JsonValueKind.Array } properties) return html.ToString();
        html.Append("<ul>");
        foreach (var home in properties.EnumerateArray())
        {
            var price = home.TryGetProperty("price", out var amount) && amount.ValueKind == JsonValueKind.Number
                ? string.Create(CultureInfo.InvariantCulture, $", {amount.GetDecimal():#,0} {home.GetProperty("currency").GetString()}")
                : "";
            html.Append(CultureInfo.InvariantCulture, $"<li>{WebUtility.HtmlEncode(home.GetProperty("address").GetString() + price)}</li>");
        }
        return html.Append("</ul>").ToString();
    }
}

internal sealed class LeadMessageWords(bool arabic) : PageWords(arabic, Texts)
{
    private static readonly (string Key, string En, string Ar)[] Texts =
    [
        ("subject", "Homes for you, and how the market stands", "عقارات تناسبك، وكيف حال السوق"),
        ("content", "Thank you for your interest. Here is what we have found for you, and how the market stands.",
            "شكراً لاهتمامك. إليك ما وجدناه لك، وكيف حال السوق."),
    ];
}

internal sealed record NurturingInput
{
    public required LeadId LeadId { get; init; }
    /// <summary>Without it, the office's first active sequence that waits for no trigger.</summary>
    public SequenceId? SequenceId { get; init; }
}

/// <summary>Undone, the lead leaves the sequence again.</summary>
internal sealed class NurturingEnrollment(OutreachDb db, Enrolling enrolling, ILeadReader leads, CurrentUser user, TimeProvider clock)
    : IUndoableStep<NurturingInput>
{
    public async Task<StepResult> RunAsync(NurturingInput input, StepContext context, CancellationToken ct)
    {
        var lead = (await leads.RequireAsync(input.LeadId, ct))!.Value;
        var mine = db.Sequences.AsNoTracking().VisibleTo(user, NurturingPermissions.Enroll);
        var sequence = await mine.Where(
            s => input.SequenceId == null ? s.Status == SequenceStatus.Active && s.Trigger == null : s.Id == input.SequenceId)
            .OrderBy(s => s.Id).FirstOrDefaultAsync(ct);
        if (sequence is null)
            return input.SequenceId is null ? StepResult.Skipped("The office has no active sequence that leads are brought into by hand.")
                : throw Problem.Invalid(FieldError.Format("sequence_id", "names no sequence that you may enroll leads in"));
        var status = (await leads.SummariesAsync([lead], ct))[lead].Status;
        if (sequence.ExitsAt(status)) return StepResult.Skipped($"Leads that are {Vocabulary.Word(status)} leave this sequence.");
        var enrolled = await enrolling.EnrollAsync(sequence.Id, [lead], EnrollmentSource.Manual, again: true, ct);
        var output = new { sequence_id = sequence.Id, sequence = sequence.Name };
        return enrolled.Count == 0 ? StepResult.Skipped("The lead is on its way in the sequence already.")
            : StepResult.Done(output, new Deliverable("Personalized Email Sequence", sequence.Id.Reference()));
    }

    public async Task UndoAsync(NurturingInput input, JsonElement? output, StepContext context, CancellationToken ct)
    {
        if (output is not { } made) return;
        var id = new SequenceId(made.GetProperty("sequence_id").GetInt64());
        var enrollment = await db.Enrollments.FirstOrDefaultAsync(
            e => e.SequenceId == id && e.LeadId == input.LeadId
                && (e.Status == EnrollmentStatus.Active || e.Status == EnrollmentStatus.Paused), ct);
        if (enrollment is null) return;
        enrollment.Exit(ExitReason.Manual, clock.GetUtcNow());
        await db.SaveChangesAsync(ct);
    }
}
