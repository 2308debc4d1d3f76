using System.ComponentModel.DataAnnotations;
using System.Linq.Expressions;
using FluentValidation;
using RealEstateOs.Contracts.Auth;
using RealEstateOs.Contracts.Deals;
using RealEstateOs.Contracts.Measures;
using RealEstateOs.Contracts.Properties;
using RealEstateOs.Platform.Http;

namespace RealEstateOs.Deals.Invoices;

/// <summary>Who pays.</summary>
public sealed record BillTo
{
    /// <summary>The name that the payer is registered under.</summary>
    [MaxLength(200)] public string? Name { get; init; }
    /// <summary>Needed beside a <c>trn</c>.</summary>
    [MaxLength(500)] public string? Address { get; init; }
    /// <summary>Tax registration number, where they have one.</summary>
    [MaxLength(20)] public string? Trn { get; init; }
}

/// <example>{"bill_to": {"name": "Layla Haddad", "address": "Villa 4, Al Wasl, Dubai"}, "due_on": "2027-01-15"}</example>
public sealed record IssueInvoiceRequest : IRequestBody<IssueInvoiceRequest>
{
    public BillTo? BillTo { get; init; }
    /// <summary>Without VAT; what was not invoiced yet by default. Where two parties pay, each has an invoice of its part.</summary>
    public decimal? Amount { get; init; }
    /// <summary>When the work was done: the deal's transfer or closing by default, else today.</summary>
    public DateOnly? SuppliedOn { get; init; }
    /// <summary>The day by which it is to be paid; it stands on the invoice.</summary>
    public DateOnly? DueOn { get; init; }
    /// <summary>What is paid for; rate and price of the deal by default. The property stands beside it.</summary>
    [MaxLength(1000)] public string? Description { get; init; }
    /// <summary>
    /// Units of the organization's currency for one of the deal's: a tax invoice in another currency must show the VAT in the own one.
    /// </summary>
    public decimal? ExchangeRate { get; init; }
}

internal sealed class IssueInvoiceValidator : AbstractValidator<IssueInvoiceRequest>
{
    public IssueInvoiceValidator()
    {
        RuleFor(i => i.BillTo == null ? null : i.BillTo.Name).NotEmpty().OverridePropertyName("BillTo.Name");
        RuleFor(i => i.Amount).GreaterThan(0).IsAmountIn(_ => null);
        RuleFor(i => i.ExchangeRate).GreaterThan(0).PrecisionScale(18, 6, true);
        RuleFor(i => i.BillTo!.Address).NotEmpty().When(i => !string.IsNullOrEmpty(i.BillTo?.Trn));
        RuleFor(i => i.BillTo!.Trn).Matches(@"^[A-Z0-9]{5,20}\z").WithMessage("must have 5 to 20 letters and digits")
            .When(i => i.BillTo?.Trn is not null);
    }
}

/// <example>{"reason": "The price was lowered before the transfer."}</example>
public sealed record CreditInvoiceRequest : IRequestBody<CreditInvoiceRequest>
{
    /// <summary>Why; it stands on the credit note.</summary>
    [MaxLength(500)] public string? Reason { get; init; }
}

internal sealed class CreditInvoiceValidator : AbstractValidator<CreditInvoiceRequest>
{
    public CreditInvoiceValidator() => RuleFor(c => c.Reason).NotEmpty();
}

/// <summary>Who issued an invoice, or who pays it, as they were named on its day.</summary>
/// <param name="Trn">Tax registration number.</param>
/// <param name="Orn">Office registration number at the land department.</param>
/// <param name="Name">Registered name of the company, or full name of the person.</param>
/// <param name="Address">Postal address as it stands on the paper.</param>
public sealed record InvoiceParty(string Name, string? Address, string? Trn, string? Orn = null);

/// <summary>An invoice or a credit note; it never changes. The amounts of a credit note are what it takes back.</summary>
public sealed record InvoiceResponse
{
    public required InvoiceId Id { get; init; }
    public required OrganizationId OrganizationId { get; init; }
    public required DealId DealId { get; init; }
    public InvoiceKind Kind { get; init; }
    /// <summary>Without gaps in its series: INV-000001, CN-000001.</summary>
    public required string Number { get; init; }
    /// <summary>The seller has a TRN.</summary>
    public bool IsTaxInvoice => Seller.Trn is not null;
    /// <summary>Of a credit note: the invoice that it takes back.</summary>
    public InvoiceId? Credits { get; init; }
    /// <summary>Of an invoice: the credit note that took it back.</summary>
    public InvoiceId? CreditedBy { get; init; }
    /// <summary>By the organization's calendar.</summary>
    public DateOnly IssuedOn { get; init; }
    /// <summary>When the work was done.</summary>
    public DateOnly SuppliedOn { get; init; }
    /// <summary>Last day for paying; null where none was agreed.</summary>
    public DateOnly? DueOn { get; init; }
    /// <summary>The organization as it was named on that day.</summary>
    public required InvoiceParty Seller { get; init; }
    public required InvoiceParty BillTo { get; init; }
    /// <summary>What is charged for, as it stands on the paper.</summary>
    public required string Description { get; init; }
    public PropertyId PropertyId { get; init; }
    /// <summary>Its address on the day of issue; null for who may not see the property.</summary>
    public string? PropertyAddress { get; init; }
    /// <summary>Of a credit note: why.</summary>
    public string? Reason { get; init; }
    /// <summary>ISO 4217 code of all amounts that name no other.</summary>
    public required string Currency { get; init; }
    /// <summary>Without VAT.</summary>
    public decimal NetAmount { get; init; }
    /// <summary>In percent.</summary>
    public decimal VatRate { get; init; }
    /// <summary>In <see cref="Currency"/>, by the VAT rate.</summary>
    public decimal VatAmount { get; init; }
    /// <summary>net_amount + vat_amount: what is to be paid.</summary>
    public decimal TotalAmount => NetAmount + VatAmount;
    /// <summary>The organization's currency on the day of issue.</summary>
    public required string HomeCurrency { get; init; }
    /// <summary>Units of home_currency for one of currency; null where they are the same.</summary>
    public decimal? ExchangeRate { get; init; }
    /// <summary>The VAT in home_currency; null without a rate.</summary>
    public decimal? VatInHomeCurrency => Currency == HomeCurrency ? VatAmount
        : ExchangeRate is { } rate ? Currencies.Round(VatAmount * rate, HomeCurrency) : null;
    public UserId? CreatedBy { get; init; }
    public DateTimeOffset CreatedAt { get; init; }

    internal static Expression<Func<Invoice, InvoiceResponse>> From(DealsDb db) => i => new InvoiceResponse
    {
        Id = i.Id, OrganizationId = i.OrganizationId, DealId = i.DealId, Kind = i.Kind, Number = i.Number, Credits = i.Credits,
        CreditedBy = db.Invoices.Where(c => c.Credits == i.Id).Select(c => (InvoiceId?)c.Id).FirstOrDefault(),
        IssuedOn = i.IssuedOn, SuppliedOn = i.SuppliedOn, DueOn = i.DueOn,
        Seller = new InvoiceParty(i.SellerName, i.SellerAddress, i.SellerTrn, i.SellerOrn),
        BillTo = new InvoiceParty(i.BuyerName, i.BuyerAddress, i.BuyerTrn, null),
        Description = i.Description, PropertyId = i.PropertyId, PropertyAddress = i.PropertyAddress, Reason = i.Reason,
        Currency = i.Currency, NetAmount = i.NetAmount, VatRate = i.VatRate, VatAmount = i.VatAmount, HomeCurrency = i.HomeCurrency,
        ExchangeRate = i.ExchangeRate, CreatedBy = i.CreatedBy, CreatedAt = i.CreatedAt,
    };
}
