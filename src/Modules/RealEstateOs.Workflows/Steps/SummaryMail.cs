using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using RealEstateOs.Contracts.Auth;
using RealEstateOs.Contracts.Workflows;
using RealEstateOs.Platform.Messaging;
using RealEstateOs.Platform.Rendering;
using RealEstateOs.Platform.Serialization;
using RealEstateOs.Platform.Workflows;

namespace RealEstateOs.Workflows.Steps;

internal sealed record SummaryMailInput
{
    /// <summary>A sentence that stands first.</summary>
    public string? Introduction { get; init; }
}

/// <summary>Writes to whoever started the package what was done and made.</summary>
internal sealed class SummaryMail(WorkflowsDb db, Mailbox mailbox, IOrganizationDirectory organizations, WorkflowSteps kinds)
    : IWorkflowStep<SummaryMailInput>
{
    public async Task<StepResult> RunAsync(SummaryMailInput input, StepContext context, CancellationToken ct)
    {
        if (context.StartedBy is not { } id
            || (await organizations.PeopleAsync([id], ct)).GetValueOrDefault(id) is not { IsActive: true } person)
            return StepResult.Skipped("Whoever started the package does not work here any more.");
        var steps = await db.Steps.AsNoTracking().Where(s => s.ExecutionId == context.ExecutionId && s.Name != context.StepName)
            .OrderBy(s => s.Number).ToListAsync(ct);
        var lines = steps.Where(s => s.IsPassed)
            .Select(s => $"{kinds.Find(s.Kind)?.Title ?? s.Name}: {Vocabulary.Word(s.Status)}{(s.Note is null ? "" : $" ({s.Note})")}")
            .ToArray();
        var made = steps.SelectMany(s => s.Deliverables?.Deserialize<Deliverable[]>(Json.Options) ?? [])
            .Select(d => $"{d.Kind}{(d.Reference is null ? "" : $" ({d.Reference})")}").ToArray();
        var office = await organizations.BrandAsync(ct);
        var w = SummaryWords.Of(office.Locale);
        var title = char.ToUpperInvariant(context.PackageName[0]) + context.PackageName[1..].Replace('_', ' ');
        var first = input.Introduction ?? w.Say("done", title, context.Reference);
        var text = $"{first}\n\n{Bullets(lines)}\n{(made.Length == 0 ? w["nothing"] : $"{w["made"]}\n{Bullets(made)}")}\n";
        var posted = await mailbox.PostAsync(new OfficeMail(office, w).To(person, $"{title} ({context.Reference})", text,
            Html.Of($"<p><bdi>{first}</bdi></p>{List(lines)}<p>{w[made.Length == 0 ? "nothing" : "made"]}</p>{List(made)}")), ct);
        return StepResult.Done(new { message_id = posted.Id, deliverables = made.Length });
    }

    private static string Bullets(IEnumerable<string> lines) => string.Concat(lines.Select(l => $"- {l}\n"));

    private static Html List(string[] lines) => lines.Length == 0 ? Html.Empty
        : Html.Of($"<ul>{lines.Select(l => Html.Of($"<li><bdi>{l}</bdi></li>"))}</ul>");
}

internal sealed class SummaryWords(bool arabic) : PageWords(arabic, All)
{
    private static readonly (string Key, string En, string Ar)[] All =
    [
        ("done", "Your workflow {0} ({1}) is done.", "اكتمل سير العمل {0} ({1})."), ("made", "Made:", "ما أُنجز:"),
        ("nothing", "Nothing was made.", "لم يُنشأ شيء."),
    ];

    private static readonly SummaryWords English = new(false), Arabic = new(true);

    public static SummaryWords Of(string language) => IsArabicTag(language) ? Arabic : English;
}
