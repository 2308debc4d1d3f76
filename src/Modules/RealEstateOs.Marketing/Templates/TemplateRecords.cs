using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using RealEstateOs.Contracts.Auth;
using RealEstateOs.Contracts.Marketing;
using RealEstateOs.Marketing.Adverts;
using RealEstateOs.Platform.Http;
using RealEstateOs.Platform.Persistence;
using RealEstateOs.Platform.Problems;
using RealEstateOs.Platform.Serialization;
using RealEstateOs.Platform.Storage;

namespace RealEstateOs.Marketing.Templates;

internal static class TemplateRecords
{
    private const int MostTemplates = 200;

    /// <summary>The templates of a market and category: those that come with the product, and the organization's own.</summary>
    /// <param name="category"><c>flyer</c>, <c>postcard</c>, <c>email</c>, <c>social</c> or <c>landing_page</c>.</param>
    /// <param name="market"><c>dubai</c> or <c>us</c>.</param>
    public static async Task<Ok<TemplateList>> List(MarketingDb db, TemplateDesk desk, CancellationToken ct,
        [FromQuery] string? category = null, [FromQuery] string? market = null)
    {
        var faults = new List<FieldError>();
        var inCategory = Read<TemplateCategory>("category", category, faults);
        var inMarket = Read<TemplateMarket>("market", market, faults);
        if (faults.Count > 0) throw Problem.Invalid(faults);
        var own = await db.Templates.AsNoTracking().OrderBy(t => t.Id).ToListAsync(ct);
        var all = StarterTemplates.All.Select(TemplateDesk.Of).Concat(own.Select(t => desk.Of(t, inFull: false)))
            .Where(t => inMarket is null || t.Market == inMarket).ToList();
        return TypedResults.Ok(new TemplateList([.. all.Where(t => inCategory is null || t.Category == inCategory)], all.Count,
            inMarket is not null, TemplateList.Note));
    }

    /// <summary>One of the organization's own templates, with its markup.</summary>
    public static async Task<Results<Ok<MarketingTemplateResponse>, NotFound>> Get(MarketingTemplateId id, MarketingDb db,
        TemplateDesk desk, CancellationToken ct) =>
            await db.Templates.AsNoTracking().FirstOrDefaultAsync(t => t.Id == id, ct) is { } template
                ? TypedResults.Ok(desk.Of(template, inFull: true)) : TypedResults.NotFound();

    /// <summary>
    /// Adds a template. It is tried with an invented home before it is kept; everything in it that an advertisement can't have is named.
    /// </summary>
    public static async Task<Created<MarketingTemplateResponse>> Create(CreateMarketingTemplateRequest request, MarketingDb db,
        TemplateDesk desk, IOrganizationDirectory organizations, CancellationToken ct)
    {
        if (await db.Templates.CountAsync(ct) >= MostTemplates)
            throw Problem.Conflict($"The organization has {MostTemplates} templates already; delete one first.");
        var office = await organizations.DefaultsAsync(ct);
        var template = new OwnTemplate { Market = AdSubject.MarketOf(office.Country, office.Currency) };
        request.ApplyTo(template);
        await desk.TryAsync(template, ct);
        db.Add(template);
        await db.SaveChangesAsync(ct);
        return TypedResults.Created($"{ApiGroup.Root}/marketing/templates/{template.Reference}", desk.Of(template, inFull: true));
    }

    /// <summary>Changes the members that are present. Files that were made of it stay as they are until they are ordered again.</summary>
    public static async Task<Results<Ok<MarketingTemplateResponse>, NotFound>> Update(MarketingTemplateId id,
        UpdateMarketingTemplateRequest request, MarketingDb db, TemplateDesk desk, Files files, CancellationToken ct)
    {
        if (await db.Templates.FirstOrDefaultAsync(t => t.Id == id, ct) is not { } template) return TypedResults.NotFound();
        var before = template.PreviewKey;
        request.ApplyTo(template);
        await desk.TryAsync(template, ct);
        await db.SaveChangesAsync(ct);
        if (before is not null) files.DeleteAfterCommit(db.Work, FileKey.Parse(before));
        return TypedResults.Ok(desk.Of(template, inFull: true));
    }

    /// <summary>Hides the template; it can be restored for 30 days. Files that were made of it stay.</summary>
    public static async Task<Results<NoContent, NotFound>> Delete(MarketingTemplateId id, MarketingDb db, TimeProvider clock,
        CancellationToken ct)
    {
        if (await db.Templates.FirstOrDefaultAsync(t => t.Id == id, ct) is not { } template) return TypedResults.NotFound();
        template.DeletedAt = clock.Now();
        await db.SaveChangesAsync(ct);
        return TypedResults.NoContent();
    }

    /// <summary>Brings a deleted template back.</summary>
    public static async Task<Results<Ok<MarketingTemplateResponse>, NotFound>> Restore(MarketingTemplateId id, MarketingDb db,
        TemplateDesk desk, CancellationToken ct)
    {
        if (await db.Templates.WithDeleted().FirstOrDefaultAsync(t => t.Id == id, ct) is not { } template) return TypedResults.NotFound();
        template.DeletedAt = null;
        await db.SaveChangesAsync(ct);
        return TypedResults.Ok(desk.Of(template, inFull: true));
    }

    private static T? Read<T>(string name, string? word, List<FieldError> faults) where T : struct, Enum
    {
        if (string.IsNullOrWhiteSpace(word)) return null;
        if (Vocabulary.TryRead<T>(word.Trim(), out var value)) return value;
        faults.Add(FieldError.Format(name, Vocabulary.Explain(typeof(T))) with { In = "query" });
        return null;
    }
}
