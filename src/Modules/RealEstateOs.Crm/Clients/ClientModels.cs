using System.ComponentModel.DataAnnotations;
using System.Linq.Expressions;
using System.Text.Json;
using System.Text.Json.Serialization;
using FluentValidation;
using RealEstateOs.Contracts.Auth;
using RealEstateOs.Contracts.Crm;
using RealEstateOs.Contracts.Leads;
using RealEstateOs.Crm.Matching;
using RealEstateOs.Platform.Contacts;
using RealEstateOs.Platform.Http;
using RealEstateOs.Platform.Imports;

namespace RealEstateOs.Crm.Clients;

/// <summary>The members of a client that a caller may write.</summary>
public abstract record ClientFields : PartialBody
{
    /// <summary>Enough where the person has one name.</summary>
    [MaxLength(100)] public string? FirstName { get; init; }
    /// <summary>Empty where the person has one name.</summary>
    [MaxLength(100)] public string? LastName { get; init; }
    /// <summary>Also taken as <c>name</c>, in place of the two: its last word is the family's.</summary>
    [Alias("name"), MaxLength(200)] public string? FullName { get; init; }
    /// <summary>Of one client only within the organization; another with it is a 409.</summary>
    [MaxLength(254)] public string? Email { get; init; }
    /// <summary>
    /// In international form, or in the national form of the office's country; kept as given, and found again by its E.164 form.
    /// </summary>
    [MaxLength(40)] public string? Phone { get; init; }
    /// <summary>What they come for; a <c>tenant</c> without wishes is shown rents.</summary>
    public ClientType? Type { get; init; }
    /// <summary>
    /// A free object; <c>areas</c>, <c>property_types</c>, <c>min_price</c>, <c>max_price</c>, <c>bedrooms</c>, <c>purpose</c> (sale or
    /// rent) and <c>rent_period</c> are understood and matched.
    /// </summary>
    public JsonElement? Preferences { get; init; }
    /// <summary>Free text for colleagues, up to 20,000 letters; clients never see it.</summary>
    [MaxLength(20_000)] public string? Notes { get; init; }
    /// <summary>A free JSON object of up to 16 KB.</summary>
    public JsonElement? Metadata { get; init; }
    /// <summary>The record's id in the system it came from; unique in the organization.</summary>
    [MaxLength(200)] public string? ExternalId { get; init; }
    /// <summary>The lead that became this client.</summary>
    public LeadId? LeadId { get; init; }
    public UserId? AssignedAgentId { get; init; }

    internal void ApplyTo(Client client, string? country)
    {
        client.FirstName = Given(FirstName?.Trim(), client.FirstName, nameof(FirstName))!;
        client.LastName = Given(LastName?.Trim(), client.LastName, nameof(LastName)) ?? "";
        if (FullName is { } whole && FirstName is null) (client.FirstName, client.LastName) = PersonNames.Split(whole);
        if (Has(nameof(Email))) client.SetEmail(Email);
        if (Has(nameof(Phone))) client.SetPhone(PhoneNumber.Required(Phone, country), country);
        client.Type = Given(Type, client.Type);
        client.Preferences = Given(Preferences, client.Preferences);
        client.Notes = Given(Notes, client.Notes);
        client.Metadata = Given(Metadata, client.Metadata);
        client.ExternalId = Given(ExternalId, client.ExternalId);
        client.LeadId = Given(LeadId, client.LeadId);
        client.AssignedAgentId = Given(AssignedAgentId, client.AssignedAgentId);
    }
}

/// <example>{"first_name": "Omar", "last_name": "Khalil", "email": "omar.khalil@example.com", "phone": "+971501234567", "type": "buyer",
/// "preferences": {"areas": ["Dubai Marina"], "bedrooms": 2, "max_price": 2500000}}</example>
public sealed record CreateClientRequest : ClientFields, IRequestBody<CreateClientRequest>;

/// <example>{"preferences": {"areas": ["Dubai Marina", "JBR"], "bedrooms": 2, "max_price": 2800000}}</example>
public sealed record UpdateClientRequest : ClientFields, IRequestBody<UpdateClientRequest>;

internal abstract class ClientFieldsValidator<T> : AbstractValidator<T> where T : ClientFields
{
    protected ClientFieldsValidator()
    {
        RuleFor(c => c.Email).IsEmailAddress();
        RuleFor(c => c.Phone).IsPhoneNumber();
        RuleFor(c => c.Metadata).Must(m => m is null or { ValueKind: JsonValueKind.Object }).WithMessage("must be an object");
        RuleFor(c => c.Preferences).Custom((preferences, context) =>
        {
            foreach (var (member, message) in Wishes.FaultsOf(preferences)) context.AddFailure(member, message);
        });
    }
}

internal sealed class CreateClientValidator : ClientFieldsValidator<CreateClientRequest>
{
    public CreateClientValidator()
    {
        RuleFor(c => c.FirstName).NotEmpty().When(c => string.IsNullOrWhiteSpace(c.FullName));
    }
}

internal sealed class UpdateClientValidator : ClientFieldsValidator<UpdateClientRequest>
{
    public UpdateClientValidator()
    {
        RuleFor(c => c.FirstName).NotEmpty().When(c => c.Has(nameof(c.FirstName)));
    }
}

/// <summary>A client as lists show it.</summary>
/// <inheritdoc cref="ClientFields"/>
public record ClientResponse : EntityResponse<ClientId>
{
    public required string FirstName { get; init; }
    public required string LastName { get; init; }
    public string? Email { get; init; }
    public string? Phone { get; init; }
    /// <summary>The number as +971501234567; null where it could not be told.</summary>
    [JsonPropertyName("phone_e164")] public string? PhoneE164 { get; init; }
    public ClientType? Type { get; init; }
    public JsonElement? Preferences { get; init; }
    public string? Notes { get; init; }
    public JsonElement? Metadata { get; init; }
    public string? ExternalId { get; init; }
    public LeadId? LeadId { get; init; }
    public UserId? AssignedAgentId { get; init; }
    /// <summary>When an activity with them was last entered.</summary>
    public DateTimeOffset? LastActivityAt { get; init; }

    internal static readonly Expression<Func<Client, ClientResponse>> Projection = c => new ClientResponse
    {
        Id = c.Id, OrganizationId = c.OrganizationId, FirstName = c.FirstName, LastName = c.LastName, Email = c.Email, Phone = c.Phone,
        PhoneE164 = c.PhoneE164,
        Type = c.Type, Preferences = c.Preferences, Notes = c.Notes, Metadata = c.Metadata, ExternalId = c.ExternalId, LeadId = c.LeadId,
        AssignedAgentId = c.AssignedAgentId, LastActivityAt = c.LastActivityAt, CreatedBy = c.CreatedBy, CreatedAt = c.CreatedAt,
        UpdatedAt = c.UpdatedAt,
        Version = c.Version,
    };

    internal static readonly Func<Client, ClientResponse> Of = Projection.Compile();
}
