using System.Linq.Expressions;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using NpgsqlTypes;
using RealEstateOs.Contracts.Auth;
using RealEstateOs.Contracts.Properties;
using RealEstateOs.Platform.Authorization;
using RealEstateOs.Platform.Persistence;
using RealEstateOs.Platform.Problems;

namespace RealEstateOs.Properties.Listings;

/// <summary>A listing or a prospect on its way through the pipeline.</summary>
internal sealed class Property : Entity<PropertyId>, ISoftDeletable, IOwned<Property>
{
    public string Address { get; set; } = "";
    public string City { get; set; } = "";
    public string? State { get; set; }
    public string? ZipCode { get; set; }
    public string? Country { get; set; }
    public double? Latitude { get; set; }
    public double? Longitude { get; set; }
    public PropertyType? PropertyType { get; set; }
    public PropertyStatus Status { get; set; } = PropertyStatus.Available;
    public ListingPurpose Purpose { get; private set; } = ListingPurpose.Sale;
    public RentPeriod? RentPeriod { get; private set; }
    public decimal? Price { get; set; }
    public decimal? EstimatedValue { get; set; }
    public string Currency { get; set; } = "USD";
    public int? Bedrooms { get; set; }
    [Precision(5, 2)] public decimal? Bathrooms { get; set; }
    public decimal? SquareFeet { get; set; }
    public decimal? LotSize { get; set; }
    public int? YearBuilt { get; set; }
    public string? Description { get; set; }
    public string[] Features { get; set; } = [];
    public string[] Amenities { get; set; } = [];
    public string[] Tags { get; set; } = [];
    public string? OwnerName { get; set; }
    public string? OwnerPhone { get; set; }
    public string? OwnerEmail { get; set; }
    public double? BirdDogScore { get; set; }
    public PropertyStage CurrentStage { get; private set; } = PropertyStage.New;
    public DateTimeOffset StageChangedAt { get; private set; }
    public TeamId? TeamId { get; set; }
    public UserId? AssignedUserId { get; set; }
    public string? ExternalId { get; set; }
    public JsonElement? Metadata { get; set; }
    public bool HasMemo { get; private set; }
    public DateTimeOffset? MemoGeneratedAt { get; private set; }
    public bool HasReply { get; set; }
    public DateTimeOffset? LastContactAt { get; set; }
    public string? PermitNumber { get; set; }
    public DateOnly? PermitExpiresOn { get; set; }
    public string? Community { get; set; }
    public string? Building { get; set; }
    public string? Developer { get; set; }
    public CompletionStatus? CompletionStatus { get; set; }
    public DateTimeOffset? DeletedAt { get; set; }
    public NpgsqlTsVector SearchVector { get; private set; } = null!;

    public static Expression<Func<Property, bool>> IsOwnedBy(UserId user) => p => p.AssignedUserId == user || p.CreatedBy == user;

    /// <summary>A rent has a period, which is the one usual in its country unless it is named; a sale has none.</summary>
    public void Offer(ListingPurpose purpose, RentPeriod? period) => (Purpose, RentPeriod) =
        (purpose, purpose == ListingPurpose.Rent ? period ?? RentPeriods.UsualIn(Country) : null);

    /// <summary>Puts a new property on a stage, without the rules of a move: it has no past.</summary>
    public void StartAt(PropertyStage stage, DateTimeOffset now) => (CurrentStage, StageChangedAt) = (stage, now);

    /// <summary>Moves the card; an illegal move is a conflict that names the legal ones. The stage it is on already is no move.</summary>
    public StageMove? MoveTo(PropertyStage stage, UserId? by, DateTimeOffset now)
    {
        if (stage == CurrentStage) return null;
        var legal = Pipeline.From(CurrentStage);
        if (!legal.Contains(stage)) throw Pipeline.Illegal(CurrentStage, stage, legal);
        return Move(stage, by, now);
    }

    /// <summary>Brings a closed property back to the negotiating table.</summary>
    public StageMove Reopen(PropertyStage stage, UserId? by, DateTimeOffset now)
    {
        if (Pipeline.IsOpen(CurrentStage)) throw Problem.Conflict("The property is not closed.");
        if (!Pipeline.IsOpen(stage)) throw Problem.Conflict("A property is reopened on an open stage.", Pipeline.Allowed(Pipeline.Open));
        return Move(stage, by, now);
    }

    /// <summary>A closed deal wins the card from any open stage; a closed card stays where it is.</summary>
    public StageMove? Win(UserId? by, DateTimeOffset now) => Pipeline.IsOpen(CurrentStage) ? Move(PropertyStage.ClosedWon, by, now) : null;

    /// <summary>A memo to the owner has left.</summary>
    public void MemoSent(DateTimeOffset now) => (HasMemo, MemoGeneratedAt) = (true, now);

    private StageMove Move(PropertyStage stage, UserId? by, DateTimeOffset now)
    {
        var move = new StageMove { PropertyId = Id, OrganizationId = OrganizationId, FromStage = CurrentStage, ToStage = stage,
            MovedBy = by, MovedAt = now };
        (CurrentStage, StageChangedAt) = (stage, now);
        return move;
    }
}
