using System.ComponentModel.DataAnnotations;
using System.Linq.Expressions;
using System.Text.Json;
using System.Text.Json.Serialization;
using RealEstateOs.Contracts.Auth;
using RealEstateOs.Contracts.Leads;
using RealEstateOs.Contracts.Measures;
using RealEstateOs.Contracts.Properties;
using RealEstateOs.Leads.Scoring;
using RealEstateOs.Platform.Contacts;
using RealEstateOs.Platform.Http;
using RealEstateOs.Platform.Imports;

namespace RealEstateOs.Leads;

/// <summary>The members of a lead that a client may write.</summary>
public abstract record LeadFields : PartialBody
{
    internal const int MostTags = 100;

    /// <summary>Enough where the person has one name.</summary>
    [MaxLength(100)] public string? FirstName { get; init; }
    /// <summary>Empty where the person has one name.</summary>
    [MaxLength(100)] public string? LastName { get; init; }
    /// <summary>Also taken as <c>name</c>, in place of the two: its last word is the family's.</summary>
    [Alias("name"), MaxLength(200)] public string? FullName { get; init; }
    /// <summary>Of one person only within the organization; another lead with it is a 409.</summary>
    [MaxLength(254)] public string? Email { get; init; }
    /// <summary>
    /// In international form, or in the national form of the office's country; kept as given, and found again by its E.164 form.
    /// </summary>
    [MaxLength(40)] public string? Phone { get; init; }
    /// <summary>The company that the person works or enquires for.</summary>
    [MaxLength(200)] public string? Company { get; init; }
    /// <summary>
    /// Where the lead came from, by its kind: a portal, a website, a walk-in …; which portal or site it was, <c>portal</c> names. Default
    /// <c>portal</c> where that is given, else <c>other</c>.
    /// </summary>
    public LeadSource? Source { get; init; }
    /// <summary>Default <c>new</c>.</summary>
    public LeadStatus? Status { get; init; }
    /// <summary>0–100 by hand; without it, or null, it is computed from facts.</summary>
    public int? Score { get; init; }
    /// <summary>Who has not said what they want is taken for a buyer.</summary>
    public LeadIntent? Intent { get; init; }
    /// <summary>In the organization's currency; for a rent by the year or the month, as is usual in its country.</summary>
    [Money] public decimal? Budget { get; init; }
    /// <summary>When the person wants to act, in their words.</summary>
    [MaxLength(200)] public string? Timeline { get; init; }
    /// <summary>Where the person looks; routing rules by area read it, or the property's place.</summary>
    [MaxLength(200)] public string? Area { get; init; }
    /// <summary>What they look for.</summary>
    public PropertyType? PropertyType { get; init; }
    /// <summary>How many they look for.</summary>
    public int? Bedrooms { get; init; }
    /// <summary>The portal or site that they came by: <c>bayut</c>, <c>property_finder</c>, <c>zillow</c> …</summary>
    [MaxLength(60)] public string? Portal { get; init; }
    /// <summary>
    /// Also taken as <c>reference</c>: the portal's number of the enquiry, or of the listing, which becomes <c>property_id</c> where it is
    /// one of ours (<c>REOS12</c> of our feeds, an <c>external_id</c>).
    /// </summary>
    [Alias("reference"), MaxLength(200)] public string? PortalReference { get; init; }
    /// <summary>What the person wrote.</summary>
    [MaxLength(20_000)] public string? Message { get; init; }
    /// <summary>The office's own words; what the person wrote is <see cref="Message"/>.</summary>
    [MaxLength(20_000)] public string? Notes { get; init; }
    /// <summary>Words of the office's own, for filters.</summary>
    [MaxLength(50)] public string[]? Tags { get; init; }
    /// <summary>
    /// true, false, or an object by channel: <c>{"email": false, "sms": true}</c>, also phone, whatsapp and marketing. Whatever else it
    /// says is refused.
    /// </summary>
    public JsonElement? Consent { get; init; }
    /// <summary>A free JSON object of up to 16 KB.</summary>
    public JsonElement? Metadata { get; init; }
    /// <summary>The record's id in the system it came from; unique in the organization.</summary>
    [MaxLength(200)] public string? ExternalId { get; init; }
    public PropertyId? PropertyId { get; init; }
    public TeamId? TeamId { get; init; }
    public UserId? AssignedTo { get; init; }

    /// <summary>Writes what the body gave; status, score and agent go by their own rules.</summary>
    internal void ApplyTo(Lead lead, string? country)
    {
        lead.FirstName = Given(FirstName?.Trim(), lead.FirstName, nameof(FirstName))!;
        lead.LastName = Given(LastName?.Trim(), lead.LastName, nameof(LastName)) ?? "";
        if (FullName is { } whole && FirstName is null) (lead.FirstName, lead.LastName) = PersonNames.Split(whole);
        if (Has(nameof(Email))) lead.SetEmail(Email);
        if (Has(nameof(Phone))) lead.SetPhone(PhoneNumber.Required(Phone, country), country);
        lead.Company = Given(Company, lead.Company);
        lead.Portal = Given(PortalName.Of(Portal), lead.Portal, nameof(Portal));
        lead.PortalReference = Given(PortalReference?.Trim(), lead.PortalReference, nameof(PortalReference));
        lead.Source = Source ?? (Portal is not null && lead.Source == LeadSource.Other ? LeadSource.Portal : lead.Source);
        lead.Bedrooms = Given(Bedrooms, lead.Bedrooms);
        lead.Message = Given(Message, lead.Message);
        lead.Intent = Given(Intent, lead.Intent);
        lead.Budget = Given(Budget, lead.Budget);
        lead.Timeline = Given(Timeline, lead.Timeline);
        lead.Area = Given(Area?.Trim(), lead.Area, nameof(Area));
        lead.PropertyType = Given(PropertyType, lead.PropertyType);
        lead.Notes = Given(Notes, lead.Notes);
        lead.Tags = Given(Tags, lead.Tags) ?? [];
        lead.Consent = Given(Consent, lead.Consent);
        lead.Metadata = Given(Metadata, lead.Metadata);
        lead.ExternalId = Given(ExternalId, lead.ExternalId);
        lead.PropertyId = Given(PropertyId, lead.PropertyId);
        lead.TeamId = Given(TeamId, lead.TeamId);
        if (!Has(nameof(Score))) return;
        if (Score is { } byHand) lead.ScoreByHand(byHand);
        else lead.ScoreByFacts();
    }
}

/// <example>{"first_name": "Sara", "last_name": "Nasser", "email": "sara.nasser@example.com", "phone": "+971502345678",
/// "portal": "bayut", "portal_reference": "REOS12", "message": "Is it still available?", "intent": "buy", "bedrooms": 2,
/// "budget": 2200000, "timeline": "3 months", "area": "Dubai Marina", "property_type": "apartment",
/// "tags": ["sea view"]}</example>
public sealed record CreateLeadRequest : LeadFields, IRequestBody<CreateLeadRequest>;

/// <example>{"status": "contacted", "budget": 2400000}</example>
public sealed record UpdateLeadRequest : LeadFields, IRequestBody<UpdateLeadRequest>;

/// <summary>A lead as the API shows it.</summary>
/// <inheritdoc cref="LeadFields"/>
public sealed record LeadResponse : EntityResponse<LeadId>
{
    public required string FirstName { get; init; }
    public required string LastName { get; init; }
    public string? Email { get; init; }
    public string? Phone { get; init; }
    /// <summary>The number as +971501234567; null where it could not be told.</summary>
    [JsonPropertyName("phone_e164")] public string? PhoneE164 { get; init; }
    public string? Company { get; init; }
    /// <summary>Where the lead came from, by its kind; <c>portal</c> names the portal or site. Part of its score.</summary>
    public LeadSource Source { get; init; }
    /// <summary>Set by people (and by <c>convert</c>, and by closing a deal); no activity changes it.</summary>
    public LeadStatus Status { get; init; }
    /// <summary>When it got its <see cref="Status"/>.</summary>
    public DateTimeOffset StatusChangedAt { get; init; }
    /// <summary>0 to 100.</summary>
    public int Score { get; init; }
    /// <summary>Set by a person; else computed, anew with each change.</summary>
    public bool ScoreIsManual { get; init; }
    /// <summary>How the score comes about; the parts add up to it where it is computed.</summary>
    public required ScoreReason[] ScoreReasons { get; init; }
    public LeadIntent? Intent { get; init; }
    public decimal? Budget { get; init; }
    public string? Timeline { get; init; }
    public string? Area { get; init; }
    public PropertyType? PropertyType { get; init; }
    public int? Bedrooms { get; init; }
    public string? Portal { get; init; }
    /// <summary>The portal's number of the enquiry or of the listing.</summary>
    public string? PortalReference { get; init; }
    public string? Message { get; init; }
    public string? Notes { get; init; }
    public required string[] Tags { get; init; }
    public JsonElement? Consent { get; init; }
    public JsonElement? Metadata { get; init; }
    public string? ExternalId { get; init; }
    public PropertyId? PropertyId { get; init; }
    public TeamId? TeamId { get; init; }
    public UserId? AssignedTo { get; init; }
    /// <summary>When <see cref="AssignedTo"/> got it.</summary>
    public DateTimeOffset? AssignedAt { get; init; }
    /// <summary>The last outbound call, mail, text, meeting or viewing.</summary>
    public DateTimeOffset? LastContactedAt { get; init; }
    /// <summary>From entry to the office's first call, mail, text or meeting; null until then.</summary>
    public int? FirstResponseMinutes { get; init; }
    /// <summary>When it became a client, or its deal was won.</summary>
    public DateTimeOffset? ConvertedAt { get; init; }

    internal static readonly Expression<Func<Lead, LeadResponse>> Projection = l => new LeadResponse
    {
        Id = l.Id, OrganizationId = l.OrganizationId, FirstName = l.FirstName, LastName = l.LastName, Email = l.Email, Phone = l.Phone,
        PhoneE164 = l.PhoneE164,
        Company = l.Company, Source = l.Source, Status = l.Status, StatusChangedAt = l.StatusChangedAt, Score = l.Score,
        ScoreIsManual = l.ScoreIsManual,
        ScoreReasons = l.ScoreReasons, Intent = l.Intent, Budget = l.Budget, Timeline = l.Timeline, Area = l.Area,
        PropertyType = l.PropertyType, Bedrooms = l.Bedrooms, Portal = l.Portal, PortalReference = l.PortalReference, Message = l.Message,
        Notes = l.Notes, Tags = l.Tags,
        Consent = l.Consent, Metadata = l.Metadata, ExternalId = l.ExternalId, PropertyId = l.PropertyId, TeamId = l.TeamId,
        AssignedTo = l.AssignedTo,
        AssignedAt = l.AssignedAt, LastContactedAt = l.LastContactedAt, FirstResponseMinutes = l.FirstResponseMinutes,
        ConvertedAt = l.ConvertedAt,
        CreatedBy = l.CreatedBy, CreatedAt = l.CreatedAt, UpdatedAt = l.UpdatedAt, Version = l.Version,
    };

    internal static readonly Func<Lead, LeadResponse> Of = Projection.Compile();
}
