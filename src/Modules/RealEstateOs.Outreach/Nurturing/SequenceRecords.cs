using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using RealEstateOs.Contracts.Outreach;
using RealEstateOs.Platform.Authorization;
using RealEstateOs.Platform.Http;
using RealEstateOs.Platform.Http.Lists;
using RealEstateOs.Platform.Persistence;
using RealEstateOs.Platform.Problems;
using RealEstateOs.Platform.Serialization;

namespace RealEstateOs.Outreach.Nurturing;

internal static class SequenceRecords
{
    private static readonly ListSpec<Sequence> Spec = new ListSpec<Sequence>()
        .Is("status", s => s.Status).Is("trigger", s => s.Trigger).Is("created_by", s => s.CreatedBy)
        .Range("created_at", s => s.CreatedAt)
        .Sort("created_at", s => s.CreatedAt).Sort("name", s => s.Name)
        .By("-created_at");

    /// <summary>The sequences that match all filters.</summary>
    public static Task<ListResult<SequenceResponse>> List(ListRequest list, OutreachDb db, CurrentUser user, CancellationToken ct) =>
        list.PageAsync(db.Sequences.AsNoTracking().VisibleTo(user, NurturingPermissions.Read), Spec, s => s.Id,
            SequenceResponse.Projection, ct);

    /// <summary>One sequence with its steps.</summary>
    public static Task<Results<Ok<SequenceResponse>, NotFound>> Get(SequenceId id, OutreachDb db, CurrentUser user, CancellationToken ct) =>
        db.Sequences.AsNoTracking().VisibleTo(user, NurturingPermissions.Read).Where(s => s.Id == id)
            .Select(SequenceResponse.Projection).AnswerOneAsync(ct);

    /// <summary>Adds a sequence, active from the start. Every fault of its steps is named at once.</summary>
    public static async Task<Created<SequenceResponse>> Create(CreateSequenceRequest request, OutreachDb db, CancellationToken ct)
    {
        var sequence = new Sequence();
        var version = await ApplyAsync(request, sequence, db, ct);
        db.Add(sequence);
        await db.SaveChangesAsync(ct);
        await KeepAsync(db, sequence, version, ct);
        return TypedResults.Created($"/api/v1/nurturing/sequences/{sequence.Id.Value}", SequenceResponse.Of(sequence));
    }

    /// <summary>
    /// Changes the members that are present. New steps are for those who are enrolled from now on; all else holds for everybody at once.
    /// </summary>
    public static async Task<Results<Ok<SequenceResponse>, NotFound>> Update(SequenceId id, UpdateSequenceRequest request, OutreachDb db,
        CurrentUser user, CancellationToken ct)
    {
        if (await FindAsync(db, id, user, NurturingPermissions.Update, ct) is not { } sequence) return TypedResults.NotFound();
        var version = await ApplyAsync(request, sequence, db, ct);
        await db.SaveChangesAsync(ct);
        await KeepAsync(db, sequence, version, ct);
        return TypedResults.Ok(SequenceResponse.Of(sequence));
    }

    /// <summary>Hides the sequence; everybody who is on the way leaves it. It can be restored for 30 days, without them.</summary>
    public static async Task<Results<NoContent, NotFound>> Delete(SequenceId id, OutreachDb db, CurrentUser user, LeavingSequences leaving,
        TimeProvider clock, CancellationToken ct)
    {
        if (await FindAsync(db, id, user, NurturingPermissions.Delete, ct) is not { } sequence) return TypedResults.NotFound();
        sequence.DeletedAt = clock.Now();
        await db.SaveChangesAsync(ct);
        await leaving.ExitAsync("e.sequence_id = $3", id.Value, ExitReason.SequenceDeleted, ct);
        return TypedResults.NoContent();
    }

    /// <summary>Brings a deleted sequence back.</summary>
    public static async Task<Results<Ok<SequenceResponse>, NotFound>> Restore(SequenceId id, OutreachDb db, CurrentUser user,
        CancellationToken ct)
    {
        var all = db.Sequences.WithDeleted().VisibleTo(user, NurturingPermissions.Delete);
        if (await all.FirstOrDefaultAsync(s => s.Id == id, ct) is not { } sequence) return TypedResults.NotFound();
        sequence.DeletedAt = null;
        await db.SaveChangesAsync(ct);
        return TypedResults.Ok(SequenceResponse.Of(sequence));
    }

    /// <summary>
    /// Pauses the sequence, or resumes it: nobody in it moves meanwhile, and what has not left waits. Pausing what is paused changes
    /// nothing.
    /// </summary>
    public static async Task<Results<Ok<SequenceResponse>, NotFound>> Pause(SequenceId id, PauseRequest request, OutreachDb db,
        CurrentUser user, Enrolling enrolling, CancellationToken ct)
    {
        if (await FindAsync(db, id, user, NurturingPermissions.Update, ct) is not { } sequence) return TypedResults.NotFound();
        var (wanted, by) = (request.Action == PauseAction.Resume ? SequenceStatus.Active : SequenceStatus.Paused, db.Work.Tenant.User);
        if (sequence.Status != wanted)
        {
            sequence.Status = wanted;
            db.Raise(() => new SequenceStatusChanged(sequence.Id, sequence.Name, wanted, sequence.CreatedBy, by));
            await db.SaveChangesAsync(ct);
            await db.Database.ExecuteSqlAsync(
                $"""
                 update outreach.enrollments set held = {wanted == SequenceStatus.Paused}
                 where sequence_id = {id.Value} and status in ('active', 'paused')
                 """, ct);
            if (wanted == SequenceStatus.Active) await enrolling.WakeAsync(ct);
        }
        return TypedResults.Ok(SequenceResponse.Of(sequence));
    }

    internal static Task<Sequence?> FindAsync(OutreachDb db, SequenceId id, CurrentUser user, string permission, CancellationToken ct) =>
        db.Sequences.VisibleTo(user, permission).FirstOrDefaultAsync(s => s.Id == id, ct);

    private static async Task<SequenceVersion?> ApplyAsync(SequenceFields body, Sequence sequence, OutreachDb db, CancellationToken ct)
    {
        sequence.Name = body.Given(body.Name?.Trim(), sequence.Name, nameof(body.Name))!;
        sequence.Description = body.Given(body.Description, sequence.Description);
        sequence.ExitOnReply = body.ExitOnReply ?? sequence.ExitOnReply;
        if (body.ExitOnStatus is { } statuses) sequence.ExitOnStatus = [.. statuses.Distinct().Select(Vocabulary.Word)];
        if (body.Has(nameof(body.Trigger))) sequence.Trigger = body.Trigger;
        if (body.Has(nameof(body.TriggerFilters)))
            sequence.TriggerFilters = body.TriggerFilters is { } filters
                ? JsonSerializer.SerializeToElement(filters.Wish, Json.Options) : null;
        if (sequence.Trigger is { } trigger && !Fits(trigger, sequence)) throw Problem.Invalid(FieldError.Missing("trigger_filters"));
        return body.Steps is { } steps ? sequence.Write(await FilledAsync(SequenceCheck.WithKeys(steps), db, ct)) : null;
    }

    // A partial change may part a trigger from the filter that it needs.
    private static bool Fits(SequenceTrigger trigger, Sequence sequence) => trigger switch
    {
        SequenceTrigger.StatusChanged => sequence.TriggerWish.Status.Length > 0,
        SequenceTrigger.TagAdded => sequence.TriggerWish.Tags.Length > 0,
        SequenceTrigger.ScoreChanged => sequence.TriggerWish.MinScore is not null,
        _ => true,
    };

    /// <summary>Copies what templates give into the steps, in one query.</summary>
    private static async Task<SequenceStep[]> FilledAsync(SequenceStep[] steps, OutreachDb db, CancellationToken ct)
    {
        var wanted = steps.Select(s => s.TemplateId).OfType<CampaignTemplateId>().Distinct().ToArray();
        if (wanted.Length == 0) return steps;
        var templates = await db.CampaignTemplates.AsNoTracking().Where(t => wanted.Contains(t.Id)).ToDictionaryAsync(t => t.Id, ct);
        var faults = new List<FieldError>();
        var filled = steps.Select((step, i) =>
        {
            if (step.TemplateId is not { } id) return step;
            if (!templates.TryGetValue(id, out var template))
                faults.Add(FieldError.Format($"steps[{i}].template_id", "names no template of the organization"));
            var full = step with { Subject = step.Subject ?? template?.Subject, Content = step.Content ?? template?.Content };
            if (template is not null && step.Type == StepType.Email && string.IsNullOrWhiteSpace(full.Subject))
                faults.Add(FieldError.Missing($"steps[{i}].subject"));
            return full;
        }).ToArray();
        return faults.Count == 0 ? filled : throw Problem.Invalid(faults);
    }

    private static async Task KeepAsync(OutreachDb db, Sequence sequence, SequenceVersion? version, CancellationToken ct)
    {
        if (version is null) return;
        (version.SequenceId, version.CreatedAt) = (sequence.Id, sequence.UpdatedAt);
        db.Add(version);
        await db.SaveChangesAsync(ct);
    }
}
