using System.ComponentModel.DataAnnotations;
using System.Linq.Expressions;
using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using RealEstateOs.Contracts.Auth;
using RealEstateOs.Contracts.Deals;
using RealEstateOs.Contracts.Ids;
using RealEstateOs.Deals.Pipeline;
using RealEstateOs.Platform.Authorization;
using RealEstateOs.Platform.Http;
using RealEstateOs.Platform.Persistence;
using RealEstateOs.Platform.Problems;
using RealEstateOs.Platform.Serialization;

namespace RealEstateOs.Deals.Checklists;

/// <summary>Either a template whose steps are copied, or one step by its title.</summary>
/// <example>{"title": "Collect the keys", "is_required": true}</example>
public sealed record AddChecklistRequest : IRequestBody<AddChecklistRequest>
{
    public ChecklistTemplateId? TemplateId { get; init; }
    /// <summary>Of one step; left out where a template is named.</summary>
    [MaxLength(300)] public string? Title { get; init; }
    /// <summary>Of one step: how to do it, or whom to ask.</summary>
    public string? Description { get; init; }
    /// <summary>Default true.</summary>
    public bool? IsRequired { get; init; }
}

/// <example>{"done": true, "note": "Signed by both parties."}</example>
public sealed record TickItemRequest : PartialBody, IRequestBody<TickItemRequest>
{
    /// <summary>true ticks it, false takes the tick back.</summary>
    public bool? Done { get; init; }
    /// <summary>Kept beside the tick; null takes it off.</summary>
    public string? Note { get; init; }
}

/// <summary>A step of a deal; <see cref="DoneBy"/> and <see cref="DoneAt"/> say who ticked it and when.</summary>
public sealed record ChecklistItemResponse : IVersionedResponse
{
    public required ChecklistItemId Id { get; init; }
    public required OrganizationId OrganizationId { get; init; }
    public required DealId DealId { get; init; }
    public ChecklistTemplateId? TemplateId { get; init; }
    /// <summary>Place in the list.</summary>
    public int Position { get; init; }
    /// <summary>A short name for programs, such as noc; null for a step added by hand.</summary>
    public string? Code { get; init; }
    /// <summary>What has to be done.</summary>
    public required string Title { get; init; }
    /// <summary>How to do it, or whom to ask.</summary>
    public string? Description { get; init; }
    /// <summary>A word to people: a deal may be won with it open.</summary>
    public bool IsRequired { get; init; }
    /// <summary>Somebody ticked it.</summary>
    public bool Done { get; init; }
    /// <summary>When it was ticked; null while it is open.</summary>
    public DateTimeOffset? DoneAt { get; init; }
    public UserId? DoneBy { get; init; }
    /// <summary>What whoever ticked it wrote, such as the number of a certificate.</summary>
    public string? Note { get; init; }
    public DateTimeOffset CreatedAt { get; init; }
    public DateTimeOffset UpdatedAt { get; init; }

    [JsonIgnore] public uint Version { get; init; }

    [JsonIgnore] public string Reference => Id.Reference();

    internal static readonly Expression<Func<ChecklistItem, ChecklistItemResponse>> Projection = i => new ChecklistItemResponse
    {
        Id = i.Id, OrganizationId = i.OrganizationId, DealId = i.DealId, TemplateId = i.TemplateId, Position = i.Position, Code = i.Code,
        Title = i.Title,
        Description = i.Description, IsRequired = i.IsRequired, Done = i.DoneAt != null, DoneAt = i.DoneAt, DoneBy = i.DoneBy,
        Note = i.Note,
        CreatedAt = i.CreatedAt, UpdatedAt = i.UpdatedAt, Version = i.Version,
    };

    internal static readonly Func<ChecklistItem, ChecklistItemResponse> Of = Projection.Compile();
}

internal static class DealChecklist
{
    /// <summary>The deal's steps in their order.</summary>
    public static async Task<Results<Ok<List<ChecklistItemResponse>>, NotFound>> List(DealId id, DealsDb db, CurrentUser user,
        CancellationToken ct) =>
            await db.SeesAsync(id, user, ct) ? TypedResults.Ok(await ItemsAsync(db, id, ct)) : TypedResults.NotFound();

    /// <summary>Copies a template's steps into the deal, or adds one step; a template already copied is a conflict.</summary>
    public static async Task<Results<Created<List<ChecklistItemResponse>>, NotFound>> Add(DealId id, AddChecklistRequest request,
        DealsDb db, CurrentUser user, CancellationToken ct)
    {
        if (await db.FindAsync(id, user, DealsPermissions.Update, ct) is null) return TypedResults.NotFound();
        var position = await db.ChecklistItems.CountAsync(i => i.DealId == id, ct);
        var steps = request.TemplateId is { } template
            ? await StepsAsync(db, id, template, ct)
            : [new TemplateItem(null,
                request.Title?.Trim() is { Length: > 0 } title ? title : throw Problem.Invalid(FieldError.Missing("template_id")),
                request.Description, request.IsRequired ?? true)];
        db.AddRange(steps.Select((step, i) => new ChecklistItem
        {
            DealId = id, TemplateId = request.TemplateId, Position = position + i, Code = step.Code, Title = step.Title,
            Description = step.Description, IsRequired = step.IsRequired,
        }));
        await db.SaveChangesAsync(ct);
        return TypedResults.Created($"/api/v1/deals/{id.Value}/checklist", await ItemsAsync(db, id, ct));
    }

    /// <summary>Ticks a step or takes the tick back; who and when are kept.</summary>
    public static async Task<Results<Ok<ChecklistItemResponse>, NotFound>> Tick(
        DealId id, ChecklistItemId itemId, TickItemRequest request, DealsDb db, CurrentUser user, TimeProvider clock, CancellationToken ct)
    {
        if (await db.FindAsync(id, user, DealsPermissions.Update, ct) is null) return TypedResults.NotFound();
        if (await db.ChecklistItems.FirstOrDefaultAsync(i => i.Id == itemId && i.DealId == id, ct) is not { } item)
            return TypedResults.NotFound();
        if (request.Done is { } done) item.Tick(done, user.Id, clock.Now());
        item.Note = request.Given(request.Note, item.Note);
        await db.SaveChangesAsync(ct);
        return TypedResults.Ok(ChecklistItemResponse.Of(item));
    }

    /// <summary>Takes a step off the deal.</summary>
    public static async Task<Results<NoContent, NotFound>> Remove(DealId id, ChecklistItemId itemId, DealsDb db, CurrentUser user,
        CancellationToken ct)
    {
        if (await db.FindAsync(id, user, DealsPermissions.Update, ct) is null) return TypedResults.NotFound();
        if (await db.ChecklistItems.FirstOrDefaultAsync(i => i.Id == itemId && i.DealId == id, ct) is not { } item)
            return TypedResults.NotFound();
        db.Remove(item);
        await db.SaveChangesAsync(ct);
        return TypedResults.NoContent();
    }

    private static async Task<TemplateItem[]> StepsAsync(DealsDb db, DealId deal, ChecklistTemplateId id, CancellationToken ct)
    {
        var template = await db.ChecklistTemplates.AsNoTracking().FirstOrDefaultAsync(t => t.Id == id, ct)
            ?? throw Problem.Invalid(FieldError.Format("template_id", "names no checklist template of the organization"));
        if (await db.ChecklistItems.AnyAsync(i => i.DealId == deal && i.TemplateId == id, ct))
            throw Problem.Conflict("The template has been copied into this deal already.");
        return template.Items.Deserialize<TemplateItem[]>(Json.Options) ?? [];
    }

    private static Task<List<ChecklistItemResponse>> ItemsAsync(DealsDb db, DealId id, CancellationToken ct) =>
        db.ChecklistItems.AsNoTracking().Where(i => i.DealId == id).OrderBy(i => i.Position).ThenBy(i => i.Id)
            .Select(ChecklistItemResponse.Projection).ToListAsync(ct);
}
