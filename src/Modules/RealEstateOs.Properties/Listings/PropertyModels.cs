using System.ComponentModel.DataAnnotations;
using System.Linq.Expressions;
using System.Text.Json;
using RealEstateOs.Contracts.Auth;
using RealEstateOs.Contracts.Measures;
using RealEstateOs.Contracts.Properties;
using RealEstateOs.Platform.Http;

namespace RealEstateOs.Properties.Listings;

/// <summary>The members of a property that a client may write.</summary>
public abstract record PropertyFields : PartialBody
{
    /// <summary>Street and number, or building and flat: what a letter would bear.</summary>
    [MaxLength(500)] public string? Address { get; init; }
    /// <summary>City or town, such as Dubai; lists search and filter by it.</summary>
    [MaxLength(200)] public string? City { get; init; }
    /// <summary>State, province or emirate.</summary>
    [MaxLength(100)] public string? State { get; init; }
    /// <summary>Postal code; none in countries without, such as the Emirates.</summary>
    [MaxLength(20)] public string? ZipCode { get; init; }
    /// <summary>ISO 3166 code or name; the organization's by default.</summary>
    [MaxLength(100)] public string? Country { get; init; }
    /// <summary>In degrees, WGS 84; lists <c>near</c> a place look at properties that have both.</summary>
    public double? Latitude { get; init; }
    /// <summary>In degrees, WGS 84.</summary>
    public double? Longitude { get; init; }
    public PropertyType? PropertyType { get; init; }
    /// <summary>Default <c>available</c>.</summary>
    public PropertyStatus? Status { get; init; }
    /// <summary>Default <c>sale</c>; <c>rent</c> where there is a <c>rent_period</c>.</summary>
    public ListingPurpose? Purpose { get; init; }
    /// <summary>
    /// What the price of a rent is for; by default the year in the Emirates and Saudi Arabia, the month elsewhere. A sale has none.
    /// </summary>
    public RentPeriod? RentPeriod { get; init; }
    /// <summary>Asking price, in <see cref="Currency"/>; of a rent for one <see cref="RentPeriod"/>.</summary>
    [Money] public decimal? Price { get; init; }
    /// <summary>What the office believes it is worth, in <see cref="Currency"/>; it is not computed.</summary>
    [Money] public decimal? EstimatedValue { get; init; }
    /// <summary>ISO 4217; the organization's by default.</summary>
    [MaxLength(3)] public string? Currency { get; init; }
    /// <summary>0 is a studio.</summary>
    public int? Bedrooms { get; init; }
    /// <summary>Halves count: 2.5.</summary>
    public decimal? Bathrooms { get; init; }
    /// <summary>Floor area in square feet; <c>area_sqft</c> is the same member.</summary>
    [Area, Alias("area_sqft")] public decimal? SquareFeet { get; init; }
    /// <summary>Plot in square feet.</summary>
    [Area] public decimal? LotSize { get; init; }
    /// <summary>Year of completion, 1500 to 2100.</summary>
    public int? YearBuilt { get; init; }
    /// <summary>Text of the listing in the office's words, up to 20,000 letters.</summary>
    [MaxLength(20_000)] public string? Description { get; init; }
    /// <summary>What the home has: sea view, maid's room …</summary>
    [MaxLength(100)] public string[]? Features { get; init; }
    /// <summary>What the building or community has: pool, gym …</summary>
    [MaxLength(100)] public string[]? Amenities { get; init; }
    /// <summary>Words of the office's own, for filters.</summary>
    [MaxLength(50)] public string[]? Tags { get; init; }
    /// <summary>The owner's full name; memos fill it in as <c>{{owner_name}}</c>.</summary>
    [MaxLength(200)] public string? OwnerName { get; init; }
    /// <summary>In international form, or in the national form of the property's country.</summary>
    [MaxLength(40)] public string? OwnerPhone { get; init; }
    /// <summary>Memos go there.</summary>
    [MaxLength(254)] public string? OwnerEmail { get; init; }
    /// <summary>How promising the prospect is, 0 to 1.</summary>
    public double? BirdDogScore { get; init; }
    /// <summary>Default <c>new</c>.</summary>
    public PropertyStage? CurrentStage { get; init; }
    public TeamId? TeamId { get; init; }
    public UserId? AssignedUserId { get; init; }
    /// <summary>The record's id in the system it came from; unique in the organization.</summary>
    [MaxLength(200)] public string? ExternalId { get; init; }
    /// <summary>A free JSON object of up to 16 KB.</summary>
    public JsonElement? Metadata { get; init; }
    /// <summary>Trakheesi permit under which the listing may be advertised (Dubai).</summary>
    [MaxLength(40)] public string? PermitNumber { get; init; }
    /// <summary>The last day on which the permit holds.</summary>
    public DateOnly? PermitExpiresOn { get; init; }
    /// <summary>The neighbourhood, such as Dubai Marina.</summary>
    [MaxLength(200)] public string? Community { get; init; }
    /// <summary>Building or tower within the community, such as Marina Heights.</summary>
    [MaxLength(200)] public string? Building { get; init; }
    /// <summary>The company that built it, such as Emaar.</summary>
    [MaxLength(200)] public string? Developer { get; init; }
    /// <summary>Finished, or still being built (off-plan).</summary>
    public CompletionStatus? CompletionStatus { get; init; }

    /// <summary>Writes what the body gave; the stage moves by its own rules.</summary>
    internal void ApplyTo(Property p)
    {
        p.Address = Given(Address?.Trim(), p.Address, nameof(Address))!;
        p.City = Given(City?.Trim(), p.City, nameof(City))!;
        p.State = Given(State, p.State);
        p.ZipCode = Given(ZipCode, p.ZipCode);
        p.Country = Given(Country, p.Country);
        p.Latitude = Given(Latitude, p.Latitude);
        p.Longitude = Given(Longitude, p.Longitude);
        p.PropertyType = Given(PropertyType, p.PropertyType);
        p.Status = Status ?? p.Status;
        p.Offer(Purpose ?? (RentPeriod is null ? p.Purpose : ListingPurpose.Rent), Given(RentPeriod, p.RentPeriod));
        p.Price = Given(Price, p.Price);
        p.EstimatedValue = Given(EstimatedValue, p.EstimatedValue);
        p.Currency = Currency ?? p.Currency;
        p.Bedrooms = Given(Bedrooms, p.Bedrooms);
        p.Bathrooms = Given(Bathrooms, p.Bathrooms);
        p.SquareFeet = Given(SquareFeet, p.SquareFeet);
        p.LotSize = Given(LotSize, p.LotSize);
        p.YearBuilt = Given(YearBuilt, p.YearBuilt);
        p.Description = Given(Description, p.Description);
        p.Features = Given(Features, p.Features) ?? [];
        p.Amenities = Given(Amenities, p.Amenities) ?? [];
        p.Tags = Given(Tags, p.Tags) ?? [];
        p.OwnerName = Given(OwnerName, p.OwnerName);
        p.OwnerPhone = Given(OwnerPhone, p.OwnerPhone);
        p.OwnerEmail = Given(OwnerEmail, p.OwnerEmail);
        p.BirdDogScore = Given(BirdDogScore, p.BirdDogScore);
        p.TeamId = Given(TeamId, p.TeamId);
        p.AssignedUserId = Given(AssignedUserId, p.AssignedUserId);
        p.ExternalId = Given(ExternalId, p.ExternalId);
        p.Metadata = Given(Metadata, p.Metadata);
        p.PermitNumber = Given(PermitNumber, p.PermitNumber);
        p.PermitExpiresOn = Given(PermitExpiresOn, p.PermitExpiresOn);
        p.Community = Given(Community, p.Community);
        p.Building = Given(Building, p.Building);
        p.Developer = Given(Developer, p.Developer);
        p.CompletionStatus = Given(CompletionStatus, p.CompletionStatus);
    }
}

/// <example>{"address": "Marina Heights 1204", "city": "Dubai", "community": "Dubai Marina", "property_type": "apartment",
/// "price": 2150000, "currency": "AED", "bedrooms": 2, "bathrooms": 2.5, "square_feet": 1200, "tags": ["sea view"],
/// "owner_name": "Hana Aziz", "owner_email": "hana.aziz@example.com"}</example>
public sealed record CreatePropertyRequest : PropertyFields, IRequestBody<CreatePropertyRequest>;

/// <example>{"price": 2095000, "current_stage": "outreach"}</example>
public sealed record UpdatePropertyRequest : PropertyFields, IRequestBody<UpdatePropertyRequest>;

/// <summary>A property as the API shows it.</summary>
/// <inheritdoc cref="PropertyFields"/>
public sealed record PropertyResponse : EntityResponse<PropertyId>
{
    public required string Address { get; init; }
    public required string City { get; init; }
    public string? State { get; init; }
    public string? ZipCode { get; init; }
    public string? Country { get; init; }
    public double? Latitude { get; init; }
    public double? Longitude { get; init; }
    public PropertyType? PropertyType { get; init; }
    /// <summary>What others are told of the listing; how far the office has come is <see cref="CurrentStage"/>.</summary>
    public PropertyStatus Status { get; init; }
    /// <summary>Offered for sale or for rent.</summary>
    public ListingPurpose Purpose { get; init; }
    /// <summary>What the price of a rent is for; null for a sale.</summary>
    public RentPeriod? RentPeriod { get; init; }
    public decimal? Price { get; init; }
    public decimal? EstimatedValue { get; init; }
    public required string Currency { get; init; }
    public int? Bedrooms { get; init; }
    public decimal? Bathrooms { get; init; }
    public decimal? SquareFeet { get; init; }
    /// <summary>The same as <see cref="SquareFeet"/>.</summary>
    public decimal? AreaSqft { get; init; }
    public decimal? LotSize { get; init; }
    public int? YearBuilt { get; init; }
    public string? Description { get; init; }
    public required string[] Features { get; init; }
    public required string[] Amenities { get; init; }
    public required string[] Tags { get; init; }
    public string? OwnerName { get; init; }
    public string? OwnerPhone { get; init; }
    public string? OwnerEmail { get; init; }
    public double? BirdDogScore { get; init; }
    /// <summary>Where it stands in the office's pipeline.</summary>
    public PropertyStage CurrentStage { get; init; }
    /// <summary>When it came to <see cref="CurrentStage"/>.</summary>
    public DateTimeOffset StageChangedAt { get; init; }
    public TeamId? TeamId { get; init; }
    public UserId? AssignedUserId { get; init; }
    public string? ExternalId { get; init; }
    public JsonElement? Metadata { get; init; }
    /// <summary>A memo to the owner has left.</summary>
    public bool HasMemo { get; init; }
    /// <summary>When the last memo to the owner left.</summary>
    public DateTimeOffset? MemoGeneratedAt { get; init; }
    /// <summary>The owner has answered a memo.</summary>
    public bool HasReply { get; init; }
    /// <summary>When the last memo to the owner left.</summary>
    public DateTimeOffset? LastContactAt { get; init; }
    public string? PermitNumber { get; init; }
    public DateOnly? PermitExpiresOn { get; init; }
    public string? Community { get; init; }
    public string? Building { get; init; }
    public string? Developer { get; init; }
    public CompletionStatus? CompletionStatus { get; init; }
    /// <summary>In a list <c>near</c> a place: how far it is, as the crow flies.</summary>
    public double? DistanceKm { get; init; }

    internal static readonly Expression<Func<Property, PropertyResponse>> Projection = p => new PropertyResponse
    {
        Id = p.Id, OrganizationId = p.OrganizationId, Address = p.Address, City = p.City, State = p.State, ZipCode = p.ZipCode,
        Country = p.Country,
        Latitude = p.Latitude, Longitude = p.Longitude, PropertyType = p.PropertyType, Status = p.Status,
        Purpose = p.Purpose, RentPeriod = p.RentPeriod, Price = p.Price,
        EstimatedValue = p.EstimatedValue, Currency = p.Currency, Bedrooms = p.Bedrooms, Bathrooms = p.Bathrooms, SquareFeet = p.SquareFeet,
        AreaSqft = p.SquareFeet, LotSize = p.LotSize, YearBuilt = p.YearBuilt, Description = p.Description, Features = p.Features,
        Amenities = p.Amenities, Tags = p.Tags, OwnerName = p.OwnerName, OwnerPhone = p.OwnerPhone, OwnerEmail = p.OwnerEmail,
        BirdDogScore = p.BirdDogScore, CurrentStage = p.CurrentStage, StageChangedAt = p.StageChangedAt, TeamId = p.TeamId,
        AssignedUserId = p.AssignedUserId, ExternalId = p.ExternalId, Metadata = p.Metadata, HasMemo = p.HasMemo,
        MemoGeneratedAt = p.MemoGeneratedAt, HasReply = p.HasReply, LastContactAt = p.LastContactAt, PermitNumber = p.PermitNumber,
        PermitExpiresOn = p.PermitExpiresOn, Community = p.Community, Building = p.Building, Developer = p.Developer,
        CompletionStatus = p.CompletionStatus, CreatedBy = p.CreatedBy,
        CreatedAt = p.CreatedAt, UpdatedAt = p.UpdatedAt, Version = p.Version,
    };

    internal static readonly Func<Property, PropertyResponse> Of = Projection.Compile();
}
