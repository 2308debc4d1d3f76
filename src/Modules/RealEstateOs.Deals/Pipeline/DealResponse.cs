using System.Linq.Expressions;
using System.Text.Json;
using System.Text.Json.Serialization;
using RealEstateOs.Contracts.Auth;
using RealEstateOs.Contracts.Crm;
using RealEstateOs.Contracts.Deals;
using RealEstateOs.Contracts.Leads;
using RealEstateOs.Contracts.Properties;
using RealEstateOs.Deals.Commissions;
using RealEstateOs.Platform.Http;
using RealEstateOs.Platform.Serialization;

namespace RealEstateOs.Deals.Pipeline;

/// <param name="Address">Street and number, or building and flat.</param>
/// <param name="City">City or town.</param>
public sealed record DealProperty(PropertyId Id, string Address, string City);

/// <param name="Name">Full name.</param>
public sealed record DealLead(LeadId Id, string Name);

/// <param name="Name">Full name.</param>
public sealed record DealClient(ClientId Id, string Name);

/// <summary>An agent's part; the amounts of a deal's splits always add up to its agents_amount.</summary>
/// <param name="Percent">Of <c>agents_amount</c>.</param>
/// <param name="Amount">In the deal's currency; null without a commission rate.</param>
/// <param name="Name">The agent's full name.</param>
public sealed record SplitResponse(UserId UserId, string? Name, decimal Percent, decimal? Amount);

/// <summary>A deal as the API shows it.</summary>
/// <inheritdoc cref="DealFields"/>
public sealed record DealResponse : EntityResponse<DealId>
{
    public required PropertyId PropertyId { get; init; }
    /// <summary>Null where the reader may not see it.</summary>
    public DealProperty? Property { get; init; }
    public LeadId? LeadId { get; init; }
    /// <summary>Null where there is none, or the reader may not see it.</summary>
    public DealLead? Lead { get; init; }
    public ClientId? ClientId { get; init; }
    /// <summary>Null where there is none, or the reader may not see it.</summary>
    public DealClient? Client { get; init; }
    public DealType DealType { get; init; }
    public DealStage Stage { get; init; }
    /// <summary>open, won or lost.</summary>
    public string Status => Stage switch { DealStage.ClosedWon => "won", DealStage.ClosedLost => "lost", _ => "open" };
    /// <summary>When it came to its stage.</summary>
    public DateTimeOffset StageChangedAt { get; init; }
    public decimal Value { get; init; }
    public required string Currency { get; init; }
    /// <summary>In percent of the value.</summary>
    public decimal? CommissionRate { get; init; }
    /// <summary>value × commission_rate / 100.</summary>
    public decimal? GrossCommission => Commission.Gross(Value, CommissionRate, Currency);
    /// <summary>value × commission_rate / 100 × probability / 100.</summary>
    public decimal? ExpectedCommission => Commission.Expected(Value, CommissionRate, Probability, Currency);
    /// <summary>On the commission, in percent.</summary>
    public decimal VatRate { get; init; }
    /// <summary>VAT on the gross commission, a line of its own.</summary>
    public decimal? VatAmount => Commission.Vat(GrossCommission, VatRate, Currency);
    /// <summary>What is invoiced: gross commission and VAT.</summary>
    public decimal? CommissionWithVat => GrossCommission + VatAmount;
    /// <summary>The other brokerage, where two share the commission.</summary>
    public string? CoBroker { get; init; }
    /// <summary>Of the gross commission, in percent.</summary>
    public decimal? CoBrokeShare { get; init; }
    /// <summary>Fixed amounts that come off before the office and the agents share.</summary>
    [JsonShape(typeof(CommissionFee[]))] public JsonElement? CommissionFees { get; init; }
    /// <summary>Of what co-broker and fees leave, in percent.</summary>
    public decimal? HouseShare { get; init; }
    /// <summary>Adds up to the gross commission together with fees_amount, house_amount and agents_amount, exactly.</summary>
    public decimal? CoBrokeAmount => Division?.CoBrokeAmount;
    /// <summary>The <see cref="CommissionFees"/> added up.</summary>
    public decimal? FeesAmount => Division?.FeesAmount;
    /// <summary>The office's part of what co-broker and fees leave.</summary>
    public decimal? HouseAmount => Division?.HouseAmount;
    /// <summary>What the splits share; the assignee's where there are none.</summary>
    public decimal? AgentsAmount => Division?.AgentsAmount;
    /// <summary>Who shares <see cref="AgentsAmount"/>; empty where it is all the assignee's.</summary>
    public IReadOnlyList<SplitResponse> Splits { get; init; } = [];
    /// <summary>Of winning, 0 to 100.</summary>
    public decimal Probability { get; init; }
    public DateOnly? ExpectedCloseDate { get; init; }
    /// <summary>When it was won or lost; null while it is open.</summary>
    public DateTimeOffset? ClosedAt { get; init; }
    public DateOnly? TransferDate { get; init; }
    public UserId? AssignedTo { get; init; }
    /// <summary>Full name of the agent who keeps the deal; null where nobody does.</summary>
    public string? AssignedToName { get; init; }
    public TeamId? TeamId { get; init; }
    public string? Notes { get; init; }
    public JsonElement? Metadata { get; init; }

    [JsonIgnore] public override bool ShowsOtherRows => true;

    private CommissionDivision? Division =>
        CommissionDivision.Of(Value, CommissionRate, CoBrokeShare, CommissionFees, HouseShare, Currency);

    internal static readonly Expression<Func<Deal, DealResponse>> Projection = d => new DealResponse
    {
        Id = d.Id, OrganizationId = d.OrganizationId, PropertyId = d.PropertyId, LeadId = d.LeadId, ClientId = d.ClientId,
        DealType = d.DealType,
        Stage = d.Stage, StageChangedAt = d.StageChangedAt, Value = d.Value, Currency = d.Currency, CommissionRate = d.CommissionRate,
        VatRate = d.VatRate, CoBroker = d.CoBroker, CoBrokeShare = d.CoBrokeShare, CommissionFees = d.CommissionFees,
        HouseShare = d.HouseShare,
        Probability = d.Probability, ExpectedCloseDate = d.ExpectedCloseDate, ClosedAt = d.ClosedAt, TransferDate = d.TransferDate,
        AssignedTo = d.AssignedTo, TeamId = d.TeamId, Notes = d.Notes, Metadata = d.Metadata, CreatedBy = d.CreatedBy,
        CreatedAt = d.CreatedAt,
        UpdatedAt = d.UpdatedAt, Version = d.Version,
    };

    internal static readonly Func<Deal, DealResponse> Of = Projection.Compile();
}
