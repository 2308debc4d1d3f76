using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using RealEstateOs.Contracts.Auth;
using RealEstateOs.Contracts.Workflows;
using RealEstateOs.Platform.Messaging;
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
            .Select(s => $"- {kinds.Find(s.Kind)?.Title ?? s.Name}: {Vocabulary.Word(s.Status)}{(s.Note is null ? "" : $" ({s.Note})")}");
        var made = steps.SelectMany(s => s.Deliverables?.Deserialize<Deliverable[]>(Json.Options) ?? [])
            .Select(d => $"- {d.Kind}{(d.Reference is null ? "" : $" ({d.Reference})")}").ToArray();
        var text = $"""
            {input.Introduction ?? $"Your workflow {context.PackageName} ({context.Reference}) is done."}

            {string.Join('\n', lines)}

            {(made.Length == 0 ? "Nothing was made." : "Made:\n" + string.Join('\n', made))}
            """;
        var posted = await mailbox.PostAsync(new Mail(person.Email, $"{context.PackageName} {context.Reference}",
            text) { ToName = person.FullName }, ct);
        return StepResult.Done(new { message_id = posted.Id, deliverables = made.Length });
    }
}
