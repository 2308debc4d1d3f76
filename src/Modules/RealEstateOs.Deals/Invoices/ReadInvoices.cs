using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using RealEstateOs.Contracts.Auth;
using RealEstateOs.Contracts.Deals;
using RealEstateOs.Deals.Papers;
using RealEstateOs.Deals.Pipeline;
using RealEstateOs.Platform.Authorization;
using RealEstateOs.Platform.Http.Lists;

namespace RealEstateOs.Deals.Invoices;

internal static class ReadInvoices
{
    private static readonly ListSpec<Invoice> Spec = new ListSpec<Invoice>()
        .Is("deal_id", i => i.DealId).Is("kind", i => i.Kind).Is("number", i => i.Number).Is("currency", i => i.Currency)
        .Range("issued_on", i => i.IssuedOn).Range("created_at", i => i.CreatedAt)
        .Sort("created_at", i => i.CreatedAt).Sort("issued_on", i => i.IssuedOn)
        .By("-created_at");

    /// <summary>Invoices and credit notes, the latest first.</summary>
    public static Task<ListResult<InvoiceResponse>> List(ListRequest list, DealsDb db, CurrentUser user, InvoicePlaces places,
        CancellationToken ct) =>
            list.PageAsync(db.InvoicesOf(user, DealsPermissions.Read).AsNoTracking(), Spec, i => i.Id, InvoiceResponse.From(db),
                page => places.ShownAsync(page, ct), ct);

    /// <summary>The invoices and credit notes of one deal, the first issued first.</summary>
    public static async Task<Results<Ok<IReadOnlyList<InvoiceResponse>>, NotFound>> OfDeal(DealId id, DealsDb db, CurrentUser user,
        InvoicePlaces places, CancellationToken ct) =>
            await db.SeesAsync(id, user, ct)
                ? TypedResults.Ok(await places.ShownAsync(await db.Invoices.AsNoTracking().Where(i => i.DealId == id).OrderBy(i => i.Id)
                    .Select(InvoiceResponse.From(db)).ToListAsync(ct), ct))
                : TypedResults.NotFound();

    /// <summary>One invoice or credit note.</summary>
    public static async Task<Results<Ok<InvoiceResponse>, NotFound>> Get(InvoiceId id, DealsDb db, CurrentUser user,
        InvoicePlaces places, CancellationToken ct) =>
            await FindAsync(id, db, user, places, ct) is { } found ? TypedResults.Ok(found) : TypedResults.NotFound();

    /// <summary>An invoice or credit note to print, in the organization's brand.</summary>
    /// <param name="id">Which.</param>
    /// <param name="language">en or ar; else the office's.</param>
    public static async Task<Results<FileContentHttpResult, NotFound>> Pdf(InvoiceId id, string? language, DealsDb db, CurrentUser user,
        InvoicePlaces places, PaperPrinter printer, IOrganizationDirectory organizations, CancellationToken ct)
    {
        var brand = await organizations.BrandAsync(ct);
        var words = PaperWords.Of(language, brand.Locale);
        if (await FindAsync(id, db, user, places, ct) is not { } invoice) return TypedResults.NotFound();
        var named = invoice.Credits is { } credited ? await db.Invoices.AsNoTracking().FirstAsync(i => i.Id == credited, ct) : null;
        return await printer.PrintAsync(InvoicePage.Of(invoice, named, words, brand), $"{invoice.Number}.pdf", ct);
    }

    private static async Task<InvoiceResponse?> FindAsync(InvoiceId id, DealsDb db, CurrentUser user, InvoicePlaces places,
        CancellationToken ct) =>
            await db.InvoicesOf(user, DealsPermissions.Read).AsNoTracking().Where(i => i.Id == id).Select(InvoiceResponse.From(db))
                .FirstOrDefaultAsync(ct) is { } found ? await places.ShownAsync(found, ct) : null;
}
