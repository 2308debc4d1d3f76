using System.ComponentModel.DataAnnotations;
using System.Linq.Expressions;
using System.Text.Json;
using FluentValidation;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using RealEstateOs.Contracts.Deals;
using RealEstateOs.Platform.Http;
using RealEstateOs.Platform.Persistence;
using RealEstateOs.Platform.Serialization;

namespace RealEstateOs.Deals.Checklists;

/// <summary>A step of a template.</summary>
public sealed record ChecklistStepRequest
{
    /// <summary>A short name for programs, such as noc.</summary>
    [MaxLength(50)] public string? Code { get; init; }
    /// <summary>What has to be done, up to 300 letters.</summary>
    [MaxLength(300)] public string? Title { get; init; }
    /// <summary>How to do it, or whom to ask.</summary>
    public string? Description { get; init; }
    /// <summary>Default true.</summary>
    public bool? IsRequired { get; init; }
}

public abstract record ChecklistTemplateFields : PartialBody
{
    /// <summary>What the office calls the list, such as Ready sale with a mortgage.</summary>
    [MaxLength(200)] public string? Name { get; init; }
    /// <summary>When to use it.</summary>
    public string? Description { get; init; }
    /// <summary>All steps in their order; the list replaces the one before.</summary>
    public ChecklistStepRequest[]? Items { get; init; }

    internal void ApplyTo(ChecklistTemplate t)
    {
        t.Name = Given(Name?.Trim(), t.Name, nameof(Name))!;
        t.Description = Given(Description, t.Description);
        if (Items is not null)
            t.Items = JsonSerializer.SerializeToElement(
                Items.Select(i => new TemplateItem(i.Code, i.Title!, i.Description, i.IsRequired ?? true)), Json.Options);
    }
}

/// <example>{"name": "Ready sale with a mortgage", "items": [{"title": "Form F signed", "is_required": true},
/// {"title": "Liability letter of the seller's bank", "is_required": true}]}</example>
public sealed record CreateChecklistTemplateRequest : ChecklistTemplateFields, IRequestBody<CreateChecklistTemplateRequest>;

/// <example>{"description": "For a seller whose home still carries a loan."}</example>
public sealed record UpdateChecklistTemplateRequest : ChecklistTemplateFields, IRequestBody<UpdateChecklistTemplateRequest>;

internal abstract class ChecklistTemplateFieldsValidator<T> : AbstractValidator<T> where T : ChecklistTemplateFields
{
    protected ChecklistTemplateFieldsValidator()
    {
        RuleForEach(t => t.Items).ChildRules(item => item.RuleFor(i => i.Title).NotEmpty());
        RuleFor(t => t.Items).Must(i => i is null || i.Length <= 200).WithMessage("may have 200 entries");
    }
}

internal sealed class CreateChecklistTemplateValidator : ChecklistTemplateFieldsValidator<CreateChecklistTemplateRequest>
{
    public CreateChecklistTemplateValidator()
    {
        RuleFor(t => t.Name).NotEmpty();
        RuleFor(t => t.Items).NotEmpty();
    }
}

internal sealed class UpdateChecklistTemplateValidator : ChecklistTemplateFieldsValidator<UpdateChecklistTemplateRequest>
{
    public UpdateChecklistTemplateValidator()
    {
        RuleFor(t => t.Name).NotEmpty().When(t => t.Has(nameof(t.Name)));
        RuleFor(t => t.Items).NotEmpty().When(t => t.Has(nameof(t.Items)));
    }
}

/// <summary>A checklist template. Origin names the built-in list it began as.</summary>
/// <inheritdoc cref="ChecklistTemplateFields"/>
public sealed record ChecklistTemplateResponse : EntityResponse<ChecklistTemplateId>
{
    /// <summary>The built-in list that it began as; null for one of the office's own.</summary>
    public string? Origin { get; init; }
    public required string Name { get; init; }
    public string? Description { get; init; }
    [JsonShape(typeof(TemplateItem[]))] public JsonElement Items { get; init; }

    internal static readonly Expression<Func<ChecklistTemplate, ChecklistTemplateResponse>> Projection = t => new ChecklistTemplateResponse
    {
        Id = t.Id, OrganizationId = t.OrganizationId, Origin = t.Origin, Name = t.Name, Description = t.Description, Items = t.Items,
        CreatedBy = t.CreatedBy,
        CreatedAt = t.CreatedAt, UpdatedAt = t.UpdatedAt, Version = t.Version,
    };

    internal static readonly Func<ChecklistTemplate, ChecklistTemplateResponse> Of = Projection.Compile();
}

internal static class ChecklistTemplates
{
    /// <summary>
    /// The organization's checklist templates; the built-in Dubai lists are there from the start, to be changed or deleted.
    /// </summary>
    public static async Task<List<ChecklistTemplateResponse>> List(DealsDb db, CancellationToken ct)
    {
        await db.PlantChecklistsAsync(ct);
        return await db.ChecklistTemplates.AsNoTracking().OrderBy(t => t.Name).ThenBy(t => t.Id)
            .Select(ChecklistTemplateResponse.Projection).ToListAsync(ct);
    }

    /// <summary>One template.</summary>
    public static Task<Results<Ok<ChecklistTemplateResponse>, NotFound>> Get(ChecklistTemplateId id, DealsDb db, CancellationToken ct) =>
        db.ChecklistTemplates.AsNoTracking().Where(t => t.Id == id).Select(ChecklistTemplateResponse.Projection).AnswerOneAsync(ct);

    /// <summary>Adds a template.</summary>
    public static async Task<Created<ChecklistTemplateResponse>> Create(CreateChecklistTemplateRequest request, DealsDb db,
        CancellationToken ct)
    {
        var template = new ChecklistTemplate();
        request.ApplyTo(template);
        db.Add(template);
        await db.SaveChangesAsync(ct);
        return TypedResults.Created($"/api/v1/deals/checklist-templates/{template.Id.Value}", ChecklistTemplateResponse.Of(template));
    }

    /// <summary>Changes the members that are present; checklists already copied into deals stay as they are.</summary>
    public static async Task<Results<Ok<ChecklistTemplateResponse>, NotFound>> Update(ChecklistTemplateId id,
        UpdateChecklistTemplateRequest request, DealsDb db, CancellationToken ct)
    {
        if (await db.ChecklistTemplates.FirstOrDefaultAsync(t => t.Id == id, ct) is not { } template) return TypedResults.NotFound();
        request.ApplyTo(template);
        await db.SaveChangesAsync(ct);
        return TypedResults.Ok(ChecklistTemplateResponse.Of(template));
    }

    /// <summary>Hides the template; checklists already copied into deals stay.</summary>
    public static async Task<Results<NoContent, NotFound>> Delete(ChecklistTemplateId id, DealsDb db, TimeProvider clock,
        CancellationToken ct)
    {
        if (await db.ChecklistTemplates.FirstOrDefaultAsync(t => t.Id == id, ct) is not { } template) return TypedResults.NotFound();
        template.DeletedAt = clock.Now();
        await db.SaveChangesAsync(ct);
        return TypedResults.NoContent();
    }

    /// <summary>
    /// Gives an organization that has never looked at its templates the built-in ones; of two first looks at once one plants.
    /// </summary>
    public static async Task PlantChecklistsAsync(this DealsDb db, CancellationToken ct)
    {
        var organization = db.CurrentOrganization.Value;
        if (await db.ChecklistTemplates.WithDeleted().AnyAsync(t => t.Origin != null, ct)) return;
        var now = db.Work.Clock.Now();
        foreach (var (origin, (name, description, items)) in BuiltInChecklists.All)
        {
            await db.Database.ExecuteSqlAsync(
                $"""
                insert into deals.checklist_templates (organization_id, origin, name, description, items, created_at, updated_at)
                values ({organization}, {origin}, {name}, {description}, {JsonSerializer.Serialize(items, Json.Options)}::jsonb, {now},
                    {now})
                on conflict (organization_id, origin) where origin is not null do nothing
                """, ct);
        }
    }
}
