using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using NpgsqlTypes;
using RealEstateOs.Contracts.Auth;
using RealEstateOs.Contracts.Crm;
using RealEstateOs.Contracts.Deals;
using RealEstateOs.Contracts.Leads;
using RealEstateOs.Contracts.Properties;
using RealEstateOs.Deals.Commissions;
using RealEstateOs.Platform.Persistence;
using RealEstateOs.Platform.Problems;

namespace RealEstateOs.Deals.Pipeline;

/// <summary>A piece of business about one property, on its way to be won or lost.</summary>
internal sealed class Deal : Entity<DealId>, ISoftDeletable
{
    public PropertyId PropertyId { get; set; }
    public LeadId? LeadId { get; set; }
    public ClientId? ClientId { get; set; }
    public DealType DealType { get; set; }
    public DealStage Stage { get; private set; }
    public DateTimeOffset StageChangedAt { get; private set; }
    [Precision(18, 3)] public decimal Value { get; set; }
    public string Currency { get; set; } = "USD";
    [Precision(7, 4)] public decimal? CommissionRate { get; set; }
    [Precision(5, 2)] public decimal VatRate { get; set; }
    public string? CoBroker { get; set; }
    [Precision(7, 4)] public decimal? CoBrokeShare { get; set; }
    public JsonElement? CommissionFees { get; set; }
    [Precision(7, 4)] public decimal? HouseShare { get; set; }
    [Precision(5, 2)] public decimal Probability { get; private set; }
    public bool ProbabilityByHand { get; private set; }
    public DateOnly? ExpectedCloseDate { get; set; }
    public DateTimeOffset? ClosedAt { get; private set; }
    public DateOnly? TransferDate { get; set; }
    public UserId? AssignedTo { get; set; }
    public TeamId? TeamId { get; set; }
    public string? Notes { get; set; }
    public JsonElement? Metadata { get; set; }
    public DateTimeOffset? DeletedAt { get; set; }
    public NpgsqlTsVector SearchVector { get; private set; } = null!;

    /// <summary>A lease or rental ends with the property rented, every other deal with it sold.</summary>
    public PropertyStatus PropertyOutcome => DealType is DealType.Lease or DealType.Rental ? PropertyStatus.Rented : PropertyStatus.Sold;

    /// <summary>How the commission is divided; null while there is no rate.</summary>
    public CommissionDivision? Division =>
        CommissionDivision.Of(Value, CommissionRate, CoBrokeShare, CommissionFees, HouseShare, Currency);

    /// <summary>Puts a new deal on a stage: it has no past.</summary>
    public DealMove StartAt(DealStage stage, UserId? by, DateTimeOffset now) => Enter(null, stage, by, now);

    /// <summary>Moves the deal; from a closed stage no move is legal. The stage it is on already is no move.</summary>
    public DealMove? MoveTo(DealStage stage, UserId? by, DateTimeOffset now)
    {
        if (stage == Stage) return null;
        if (!DealStages.From(Stage).Contains(stage)) throw DealStages.Illegal(Stage, stage);
        return Enter(Stage, stage, by, now);
    }

    /// <summary>Takes a closed deal up again on an open stage.</summary>
    public DealMove Reopen(DealStage stage, UserId? by, DateTimeOffset now)
    {
        if (DealStages.IsOpen(Stage)) throw Problem.Conflict("The deal is not closed.");
        if (!DealStages.IsOpen(stage)) throw Problem.Conflict("A deal is reopened on an open stage.", DealStages.Allowed(DealStages.Open));
        return Enter(Stage, stage, by, now);
    }

    /// <summary>
    /// Sets the probability by hand, where it stays until the deal is closed; null hands it back to the stage. A closed deal has no other
    /// than 100 or 0.
    /// </summary>
    public void Estimate(decimal? probability)
    {
        ProbabilityByHand = probability is not null && DealStages.IsOpen(Stage);
        Probability = ProbabilityByHand ? probability!.Value : DealStages.Probability(Stage);
    }

    private DealMove Enter(DealStage? from, DealStage stage, UserId? by, DateTimeOffset now)
    {
        (Stage, StageChangedAt, ClosedAt) = (stage, now, DealStages.IsOpen(stage) ? null : now);
        Estimate(ProbabilityByHand ? Probability : null);
        return new DealMove { DealId = Id, OrganizationId = OrganizationId, FromStage = from, ToStage = stage, MovedBy = by,
            MovedAt = now };
    }
}
