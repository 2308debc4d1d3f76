using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using RealEstateOs.Contracts.Auth;
using RealEstateOs.Contracts.Deals;
using RealEstateOs.Contracts.Measures;
using RealEstateOs.Contracts.Properties;
using RealEstateOs.Deals.Commissions;
using RealEstateOs.Deals.Pipeline;
using RealEstateOs.Deals.Settings;
using RealEstateOs.Platform.Authorization;
using RealEstateOs.Platform.Http;
using RealEstateOs.Platform.Persistence;
using RealEstateOs.Platform.Problems;
using RealEstateOs.Platform.Tenancy;

namespace RealEstateOs.Deals.Invoices;

/// <summary>Issues invoices for the commission of a deal: together never more than it is.</summary>
internal sealed class IssueInvoice(DealsDb db, InvoicePlaces places, IPropertyReader properties, VatRates vat,
    IOrganizationDirectory organizations, TimeProvider clock)
{
    /// <summary>Issues an invoice for the deal's commission. It has the organization's next number, and never changes.</summary>
    public static async Task<Results<Created<InvoiceResponse>, NotFound>> Handle(DealId id, IssueInvoiceRequest request, DealsDb db,
        CurrentUser user, IssueInvoice issue, CancellationToken ct)
    {
        if (await db.FindAsync(id, user, DealsPermissions.Invoice, ct) is not { } deal) return TypedResults.NotFound();
        return TypedResults.Created((string?)null, await issue.IssueAsync(deal, request, ct));
    }

    /// <summary>Takes an invoice back as a whole by a credit note; what is left is invoiced anew.</summary>
    public static async Task<Results<Created<InvoiceResponse>, NotFound>> Credit(InvoiceId id, CreditInvoiceRequest request, DealsDb db,
        CurrentUser user, IssueInvoice issue, CancellationToken ct)
    {
        var invoice = await db.InvoicesOf(user, DealsPermissions.Invoice).FirstOrDefaultAsync(i => i.Id == id, ct);
        return invoice is null ? TypedResults.NotFound()
            : TypedResults.Created((string?)null, await issue.CreditAsync(invoice, request.Reason!, ct));
    }

    private async Task<InvoiceResponse> IssueAsync(Deal deal, IssueInvoiceRequest request, CancellationToken ct)
    {
        if (deal.Stage == DealStage.ClosedLost) throw Problem.Conflict("The deal was lost; there is no commission to invoice.");
        var gross = Commission.Gross(deal.Value, deal.CommissionRate, deal.Currency)
            ?? throw Problem.Conflict("The deal has no commission_rate, so there is nothing to invoice.");
        var number = await db.NextAsync(InvoiceKind.Invoice, ct); // who issues at the same time waits here, then sees this one
        var net = await AmountAsync(deal, gross, request.Amount, ct);
        var home = (await properties.SummariesAsync([deal.PropertyId], ct)).GetValueOrDefault(deal.PropertyId);
        var (office, brand, trn) = (await organizations.DefaultsAsync(ct), await organizations.BrandAsync(ct),
            (await vat.SettingsAsync(ct)).Trn);
        var today = LocalDay.Of(clock.Now(), ZoneOf(office));
        var rate = trn is null ? 0 : deal.VatRate; // who is not registered for VAT may charge none
        var invoice = new Invoice
        {
            DealId = deal.Id, Number = number, IssuedOn = today, DueOn = request.DueOn,
            SuppliedOn = request.SuppliedOn ?? deal.TransferDate
                ?? (deal.ClosedAt is { } closed ? LocalDay.Of(closed, ZoneOf(office)) : today),
            SellerName = brand.Name, SellerAddress = brand.Address, SellerTrn = trn, SellerOrn = brand.Orn,
            BuyerName = request.BillTo!.Name!, BuyerAddress = request.BillTo.Address, BuyerTrn = request.BillTo.Trn,
            Description = request.Description ?? Describe(deal), PropertyId = deal.PropertyId,
            PropertyAddress = home is null ? null : $"{home.Address}, {home.City}", Currency = deal.Currency, NetAmount = net,
            VatRate = rate, VatAmount = Commission.Vat(net, rate, deal.Currency)!.Value, HomeCurrency = office.Currency,
            ExchangeRate = deal.Currency == office.Currency ? null : request.ExchangeRate,
        };
        RequireWhatTheLawWants(invoice);
        return await SaveAsync(invoice, ct);
    }

    private async Task<InvoiceResponse> CreditAsync(Invoice invoice, string reason, CancellationToken ct)
    {
        if (invoice.Kind == InvoiceKind.CreditNote) throw Problem.Conflict("A credit note is not taken back; issue the invoice anew.");
        var number = await db.NextAsync(InvoiceKind.CreditNote, ct);
        if (await db.Invoices.FirstOrDefaultAsync(i => i.Credits == invoice.Id, ct) is { } before)
            throw Problem.Conflict($"The invoice was taken back by {before.Number}.",
                new Dictionary<string, object?> { ["credited_by"] = before.Id });
        return await SaveAsync(
            invoice.Credit(number, reason, LocalDay.Of(clock.Now(), ZoneOf(await organizations.DefaultsAsync(ct)))), ct);
    }

    private async Task<InvoiceResponse> SaveAsync(Invoice invoice, CancellationToken ct)
    {
        db.Add(invoice);
        await db.SaveChangesAsync(ct);
        return await places.ShownAsync(
            await db.Invoices.AsNoTracking().Where(i => i.Id == invoice.Id).Select(InvoiceResponse.From(db)).SingleAsync(ct), ct);
    }

    private async Task<decimal> AmountAsync(Deal deal, decimal gross, decimal? wanted, CancellationToken ct)
    {
        var standing = await db.Invoices.AsNoTracking()
            .Where(i => i.DealId == deal.Id && i.Kind == InvoiceKind.Invoice && !db.Invoices.Any(c => c.Credits == i.Id))
            .OrderBy(i => i.Id).Select(i => new { i.Number, i.Currency, i.NetAmount }).ToListAsync(ct);
        var details = new Dictionary<string, object?> { ["standing"] = standing.Select(i => i.Number) };
        if (standing.Exists(i => i.Currency != deal.Currency))
            throw Problem.Conflict("Invoices of this deal stand in another currency; take them back first.", details);
        var left = gross - standing.Sum(i => i.NetAmount);
        if (wanted is { } given && !Currencies.Fits(given, deal.Currency))
            throw Problem.Invalid(CurrencyRules.TooFine("amount", deal.Currency));
        if (left <= 0 || wanted > left)
            throw Problem.Conflict(string.Create(CultureInfo.InvariantCulture,
                $"Of the commission {deal.Currency} {Math.Max(0, left):#,0.###} are not invoiced yet."), details);
        return wanted ?? left;
    }

    // UAE: Cabinet Decision 52 of 2017, articles 59 (tax invoices) and 60 (tax credit notes).
    private static void RequireWhatTheLawWants(Invoice invoice)
    {
        if (invoice.SellerTrn is null) return;
        if (string.IsNullOrWhiteSpace(invoice.SellerAddress))
            throw Problem.Conflict("A tax invoice shows the office's address: set it first (PATCH /organization).");
        if (invoice.VatAmount > 0 && invoice.Currency != invoice.HomeCurrency && invoice.ExchangeRate is null)
            throw Problem.Invalid(FieldError.Missing("exchange_rate") with
            {
                Message = $"is required: a tax invoice in {invoice.Currency} shows its VAT in {invoice.HomeCurrency}",
            });
    }

    private static string Describe(Deal deal) => string.Create(CultureInfo.InvariantCulture,
        $"Brokerage commission, {deal.CommissionRate:0.####} % of {deal.Currency} {deal.Value:#,0.###}");

    private static TimeZoneInfo ZoneOf(OrganizationDefaults office) =>
        TimeZoneInfo.TryFindSystemTimeZoneById(office.TimeZone, out var zone) ? zone : TimeZoneInfo.Utc;
}
