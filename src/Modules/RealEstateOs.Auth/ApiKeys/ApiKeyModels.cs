using System.ComponentModel.DataAnnotations;
using System.Linq.Expressions;
using FluentValidation;
using RealEstateOs.Contracts.Auth;
using RealEstateOs.Contracts.Leads;
using RealEstateOs.Platform.Authorization;
using RealEstateOs.Platform.Http;

namespace RealEstateOs.Auth.ApiKeys;

/// <summary>The members of an API key that a client may write.</summary>
public abstract record ApiKeyFields : PartialBody
{
    /// <summary>Where it is used: "Contact form", "Bayut".</summary>
    [MaxLength(100)] public string? Name { get; init; }
    /// <summary>The source of all leads that come by it; <c>portal</c> where a portal is named, else <c>website</c> by default.</summary>
    public LeadSource? Source { get; init; }
    /// <summary>The portal of all leads that come by it: <c>bayut</c>, <c>property_finder</c>, <c>zillow</c> …</summary>
    [MaxLength(60)] public string? Portal { get; init; }

    internal void ApplyTo(ApiKey key)
    {
        key.Name = Given(Name?.Trim(), key.Name, nameof(Name))!;
        key.Portal = Given(PortalName.Of(Portal), key.Portal, nameof(Portal));
        key.Source = Source ?? (Portal is null ? key.Source : LeadSource.Portal);
    }
}

/// <example>{"name": "Bayut", "source": "portal", "portal": "bayut", "scopes": ["leads:create"]}</example>
public sealed record CreateApiKeyRequest : ApiKeyFields, IRequestBody<CreateApiKeyRequest>
{
    /// <summary>What it may do: <c>leads:create</c>, which is also the default.</summary>
    [MaxLength(60)] public string[]? Scopes { get; init; }
}

/// <example>{"name": "Bayut, new contract"}</example>
public sealed record UpdateApiKeyRequest : ApiKeyFields, IRequestBody<UpdateApiKeyRequest>;

internal sealed class CreateApiKeyValidator : AbstractValidator<CreateApiKeyRequest>
{
    public CreateApiKeyValidator()
    {
        RuleFor(k => k.Name).NotEmpty().IsOneLine();
        RuleFor(k => k.Portal).IsOneLine();
        RuleFor(k => k.Scopes).Must(s => s is null || (s.Length > 0 && s.All(ApiKeyScheme.Scopes.Contains)))
            .WithMessage($"must be some of {string.Join(", ", ApiKeyScheme.Scopes)}");
    }
}

internal sealed class UpdateApiKeyValidator : AbstractValidator<UpdateApiKeyRequest>
{
    public UpdateApiKeyValidator()
    {
        RuleFor(k => k.Name).NotEmpty().IsOneLine().When(k => k.Has(nameof(k.Name)));
        RuleFor(k => k.Portal).IsOneLine();
    }
}

/// <summary>An API key as its organization sees it.</summary>
/// <inheritdoc cref="ApiKeyFields"/>
public sealed record ApiKeyResponse
{
    public required ApiKeyId Id { get; init; }
    public required OrganizationId OrganizationId { get; init; }
    public required string Name { get; init; }
    /// <summary>The secret itself, in the answer that makes it; null ever after.</summary>
    public string? Key { get; init; }
    /// <summary>Its first letters.</summary>
    public required string Beginning { get; init; }
    /// <summary>What the key may do, such as leads:create.</summary>
    public required string[] Scopes { get; init; }
    public LeadSource Source { get; init; }
    public string? Portal { get; init; }
    /// <summary>To the minute.</summary>
    public DateTimeOffset? LastUsedAt { get; init; }
    /// <summary>Since when the key opens nothing; null while it works.</summary>
    public DateTimeOffset? RevokedAt { get; init; }
    public UserId? CreatedBy { get; init; }
    public DateTimeOffset CreatedAt { get; init; }
    public DateTimeOffset UpdatedAt { get; init; }

    internal static readonly Expression<Func<ApiKey, ApiKeyResponse>> Projection = k => new ApiKeyResponse
    {
        Id = k.Id, OrganizationId = k.OrganizationId, Name = k.Name, Beginning = k.Beginning, Scopes = k.Scopes, Source = k.Source,
        Portal = k.Portal, LastUsedAt = k.LastUsedAt, RevokedAt = k.RevokedAt, CreatedBy = k.CreatedBy, CreatedAt = k.CreatedAt,
        UpdatedAt = k.UpdatedAt,
    };

    internal static readonly Func<ApiKey, ApiKeyResponse> Of = Projection.Compile();
}
