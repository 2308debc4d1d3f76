using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using RealEstateOs.Contracts.Auth;
using RealEstateOs.Contracts.Crm;
using RealEstateOs.Contracts.Deals;
using RealEstateOs.Contracts.Leads;
using RealEstateOs.Contracts.Measures;
using RealEstateOs.Contracts.Properties;
using RealEstateOs.Deals.Commissions;
using RealEstateOs.Platform.Http;
using RealEstateOs.Platform.Problems;

namespace RealEstateOs.Deals.Pipeline;

/// <summary>An agent's part of the commission.</summary>
public sealed record SplitRequest
{
    public UserId? UserId { get; init; }
    /// <summary>
    /// Of what is left for the agents; all of a deal's splits add up to 100. What rounding leaves over is the first's: three times 33.33
    /// is a whole.
    /// </summary>
    public decimal? Percent { get; init; }
}

/// <summary>The members of a deal that a client may write.</summary>
public abstract record DealFields : PartialBody
{
    public PropertyId? PropertyId { get; init; }
    public LeadId? LeadId { get; init; }
    public ClientId? ClientId { get; init; }
    public DealType? DealType { get; init; }
    /// <summary>Price or yearly rent, in <see cref="Currency"/>.</summary>
    public decimal? Value { get; init; }
    /// <summary>ISO 4217; the property's by default.</summary>
    [MaxLength(3)] public string? Currency { get; init; }
    /// <summary>Default <c>lead</c>; any open stage may follow any other, closing is final but for reopen.</summary>
    public DealStage? Stage { get; init; }
    /// <summary>In percent of the value: 2 for two percent.</summary>
    public decimal? CommissionRate { get; init; }
    /// <summary>VAT on the commission in percent; the organization's by default.</summary>
    public decimal? VatRate { get; init; }
    /// <summary>The other brokerage, where two share the commission.</summary>
    [MaxLength(200)] public string? CoBroker { get; init; }
    /// <summary>The other brokerage's part of the gross commission, in percent; it comes off first.</summary>
    public decimal? CoBrokeShare { get; init; }
    /// <summary>
    /// Fixed amounts that come off next, in <see cref="Currency"/>; the list replaces the one before, an empty one clears it.
    /// </summary>
    public CommissionFee[]? CommissionFees { get; init; }
    /// <summary>The office's part of what is left after co-broker and fees, in percent; the rest is the agents'.</summary>
    public decimal? HouseShare { get; init; }
    /// <summary>0 to 100; the stage's by default, and again when set to null.</summary>
    public decimal? Probability { get; init; }
    /// <summary>When the office expects it to close; agendas and calendars show it.</summary>
    public DateOnly? ExpectedCloseDate { get; init; }
    /// <summary>The day on which the title went over.</summary>
    public DateOnly? TransferDate { get; init; }
    [Alias("assigned_user_id")] public UserId? AssignedTo { get; init; }
    public TeamId? TeamId { get; init; }
    /// <summary>Who shares the commission; the list replaces the one before, an empty one clears it.</summary>
    public SplitRequest[]? Splits { get; init; }
    /// <summary>Free text for colleagues, up to 20,000 letters.</summary>
    [MaxLength(20_000)] public string? Notes { get; init; }
    /// <summary>A free JSON object of up to 16 KB.</summary>
    public JsonElement? Metadata { get; init; }

    internal static bool MakeAWhole(SplitRequest[]? splits) => splits is not { Length: > 0 }
        || (Math.Abs(LeftOver(splits)) <= (splits.Length == 1 ? 0 : splits.Length * 0.005m)
            && splits[0].Percent + LeftOver(splits) is not <= 0);

    /// <summary>The splits with what rounding left over put to the first.</summary>
    internal SplitRequest[] WholeSplits() => Splits is { Length: > 0 } splits
        ? [splits[0] with { Percent = splits[0].Percent + LeftOver(splits) }, .. splits[1..]] : [];

    private static decimal LeftOver(SplitRequest[] splits) => 100 - splits.Sum(s => s.Percent ?? 0);

    /// <summary>Writes what the body gave; stage and splits have rules of their own.</summary>
    internal void ApplyTo(Deal d)
    {
        d.PropertyId = PropertyId ?? d.PropertyId;
        d.LeadId = Given(LeadId, d.LeadId);
        d.ClientId = Given(ClientId, d.ClientId);
        d.DealType = DealType ?? d.DealType;
        d.Value = Value ?? d.Value;
        d.Currency = Currency ?? d.Currency;
        if (!Currencies.Fits(d.Value, d.Currency)) throw Problem.Invalid(CurrencyRules.TooFine("value", d.Currency));
        d.CommissionRate = Given(CommissionRate, d.CommissionRate);
        d.VatRate = VatRate ?? d.VatRate;
        d.CoBroker = Given(CoBroker, d.CoBroker);
        d.CoBrokeShare = Given(CoBrokeShare, d.CoBrokeShare);
        d.HouseShare = Given(HouseShare, d.HouseShare);
        if (Has(nameof(CommissionFees))) d.CommissionFees = CommissionFee.Written(CommissionFees, d.CommissionFees);
        if (CommissionFee.FaultOf(d.CommissionFees, d.Currency) is { } fault) throw Problem.Invalid(fault);
        if (d.Division is { IsOverdrawn: true })
            throw Problem.Invalid(FieldError.Range("commission_fees", "are more than the commission leaves"));
        d.ExpectedCloseDate = Given(ExpectedCloseDate, d.ExpectedCloseDate);
        d.TransferDate = Given(TransferDate, d.TransferDate);
        d.AssignedTo = Given(AssignedTo, d.AssignedTo);
        d.TeamId = Given(TeamId, d.TeamId);
        d.Notes = Given(Notes, d.Notes);
        d.Metadata = Given(Metadata, d.Metadata);
    }
}

/// <example>{"property_id": 1, "lead_id": 1, "deal_type": "sale", "value": 2150000, "currency": "AED", "commission_rate": 2,
/// "expected_close_date": "2027-03-31"}</example>
public sealed record CreateDealRequest : DealFields, IRequestBody<CreateDealRequest>;

/// <example>{"value": 2100000, "notes": "The buyer offered 2.1 million."}</example>
public sealed record UpdateDealRequest : DealFields, IRequestBody<UpdateDealRequest>;
