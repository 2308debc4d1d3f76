using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using RealEstateOs.Contracts.Auth;
using RealEstateOs.Contracts.Outreach;
using RealEstateOs.Platform.Http;
using RealEstateOs.Platform.Http.Lists;
using RealEstateOs.Platform.Persistence;
using RealEstateOs.Platform.Problems;

namespace RealEstateOs.Outreach.Communications;

internal static class Templates
{
    private static readonly ListSpec<CommunicationTemplate> Spec = new ListSpec<CommunicationTemplate>()
        .Is("type", t => t.Type)
        .Is("stage", t => t.Stage)
        .Flag("is_active", t => t.IsActive)
        .Sort("created_at", t => t.CreatedAt).Sort("name", t => t.Name)
        .By("created_at");

    /// <summary>The templates of memos with what came of them.</summary>
    public static async Task<ListResult<TemplateResponse>> List(ListRequest list, OutreachDb db, IOrganizationDirectory organizations,
        CancellationToken ct)
    {
        await DefaultTemplates.EnsureAsync(db, organizations, ct);
        return await list.PageAsync(db.CommunicationTemplates.AsNoTracking(), Spec, t => t.Id,
            TemplateResponse.From(db.Communications), ct);
    }

    /// <summary>One template with what came of it.</summary>
    public static Task<Results<Ok<TemplateResponse>, NotFound>> Get(CommunicationTemplateId id, OutreachDb db, CancellationToken ct) =>
        Shown(db, id).AnswerOneAsync(ct);

    /// <summary>Adds a template. An unknown variable is refused, and the answer lists the known ones.</summary>
    public static async Task<Created<TemplateResponse>> Create(CreateTemplateRequest request, OutreachDb db, CancellationToken ct)
    {
        var template = new CommunicationTemplate();
        request.ApplyTo(template);
        await RequireFreeNameAsync(db, template, ct);
        db.Add(template);
        await db.SaveChangesAsync(ct);
        return TypedResults.Created($"/api/v1/communications/templates/{template.Id.Value}", await Shown(db, template.Id).SingleAsync(ct));
    }

    /// <summary>Changes the members that are present; what was sent before stays as it was written.</summary>
    public static async Task<Results<Ok<TemplateResponse>, NotFound>> Update(CommunicationTemplateId id, UpdateTemplateRequest request,
        OutreachDb db, CancellationToken ct)
    {
        if (await db.CommunicationTemplates.FirstOrDefaultAsync(t => t.Id == id, ct) is not { } template)
            return TypedResults.NotFound();
        request.ApplyTo(template);
        if (template.Type == MessageChannel.Email && string.IsNullOrWhiteSpace(template.SubjectTemplate))
            throw Problem.Invalid(FieldError.Missing("subject_template"));
        await RequireFreeNameAsync(db, template, ct);
        await db.SaveChangesAsync(ct);
        return TypedResults.Ok(await Shown(db, id).SingleAsync(ct));
    }

    /// <summary>Hides the template; it can be restored for 30 days.</summary>
    public static async Task<Results<NoContent, NotFound>> Delete(CommunicationTemplateId id, OutreachDb db, TimeProvider clock,
        CancellationToken ct)
    {
        if (await db.CommunicationTemplates.FirstOrDefaultAsync(t => t.Id == id, ct) is not { } template)
            return TypedResults.NotFound();
        template.DeletedAt = clock.Now();
        await db.SaveChangesAsync(ct);
        return TypedResults.NoContent();
    }

    /// <summary>Brings a deleted template back.</summary>
    public static async Task<Results<Ok<TemplateResponse>, NotFound>> Restore(CommunicationTemplateId id, OutreachDb db,
        CancellationToken ct)
    {
        if (await db.CommunicationTemplates.WithDeleted().FirstOrDefaultAsync(t => t.Id == id, ct) is not { } template)
            return TypedResults.NotFound();
        template.DeletedAt = null;
        await RequireFreeNameAsync(db, template, ct);
        await db.SaveChangesAsync(ct);
        return TypedResults.Ok(await Shown(db, id).SingleAsync(ct));
    }

    private static IQueryable<TemplateResponse> Shown(OutreachDb db, CommunicationTemplateId id) =>
        db.CommunicationTemplates.AsNoTracking().Where(t => t.Id == id).Select(TemplateResponse.From(db.Communications));

    private static async Task RequireFreeNameAsync(OutreachDb db, CommunicationTemplate template, CancellationToken ct)
    {
        // Two at once: the later one waits here for the earlier one to commit, and then sees its name.
        await db.Database.ExecuteSqlAsync(
            $"select pg_advisory_xact_lock(hashtextextended('crm.templates', {db.CurrentOrganization.Value}))", ct);
        var name = template.Name.ToLowerInvariant();
        if (await db.CommunicationTemplates.AnyAsync(t => t.Id != template.Id && t.Type == template.Type && t.Name.ToLower() == name, ct))
            throw Problem.AlreadyExists($"A template with the name {template.Name} exists already.");
    }
}
