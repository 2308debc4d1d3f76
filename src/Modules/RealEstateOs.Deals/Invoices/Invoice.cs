using Microsoft.EntityFrameworkCore;
using RealEstateOs.Contracts.Deals;
using RealEstateOs.Contracts.Properties;
using RealEstateOs.Deals.Pipeline;
using RealEstateOs.Platform.Authorization;
using RealEstateOs.Platform.Persistence;

namespace RealEstateOs.Deals.Invoices;

/// <summary>
/// An invoice for a deal's commission, or the credit note that takes one back. It holds all that it says, and the database refuses to
/// change or delete it.
/// </summary>
internal sealed class Invoice : Entity<InvoiceId>
{
    public DealId DealId { get; set; }
    public InvoiceKind Kind { get; set; }
    public string Number { get; set; } = "";
    /// <summary>Of a credit note: the invoice that it takes back.</summary>
    public InvoiceId? Credits { get; set; }
    public DateOnly IssuedOn { get; set; }
    public DateOnly SuppliedOn { get; set; }
    public DateOnly? DueOn { get; set; }
    public string SellerName { get; set; } = "";
    public string? SellerAddress { get; set; }
    public string? SellerTrn { get; set; }
    public string? SellerOrn { get; set; }
    public string BuyerName { get; set; } = "";
    public string? BuyerAddress { get; set; }
    public string? BuyerTrn { get; set; }
    public string Description { get; set; } = "";
    public PropertyId PropertyId { get; set; }
    public string? PropertyAddress { get; set; }
    public string? Reason { get; set; }
    public string Currency { get; set; } = "";
    [Precision(18, 3)] public decimal NetAmount { get; set; }
    [Precision(5, 2)] public decimal VatRate { get; set; }
    [Precision(18, 3)] public decimal VatAmount { get; set; }
    public string HomeCurrency { get; set; } = "";
    /// <summary>Units of <see cref="HomeCurrency"/> for one of <see cref="Currency"/>, where they differ.</summary>
    [Precision(18, 6)] public decimal? ExchangeRate { get; set; }

    /// <summary>The credit note that takes all of this back.</summary>
    public Invoice Credit(string number, string reason, DateOnly today) => new()
    {
        DealId = DealId, Kind = InvoiceKind.CreditNote, Number = number, Credits = Id, IssuedOn = today, SuppliedOn = SuppliedOn,
        SellerName = SellerName, SellerAddress = SellerAddress, SellerTrn = SellerTrn, SellerOrn = SellerOrn, BuyerName = BuyerName,
        BuyerAddress = BuyerAddress, BuyerTrn = BuyerTrn, Description = Description, PropertyId = PropertyId,
        PropertyAddress = PropertyAddress, Reason = reason, Currency = Currency, NetAmount = NetAmount, VatRate = VatRate,
        VatAmount = VatAmount, HomeCurrency = HomeCurrency, ExchangeRate = ExchangeRate,
    };
}

internal static class InvoiceScope
{
    /// <summary>Who sees all deals sees all invoices, also of deals that are gone; who sees own deals sees theirs.</summary>
    public static IQueryable<Invoice> InvoicesOf(this DealsDb db, CurrentUser user, string permission)
    {
        var deals = db.DealsOf(user, permission);
        return user.ReachOf(permission) == Reach.All ? db.Invoices : db.Invoices.Where(i => deals.Any(d => d.Id == i.DealId));
    }
}
