using System.ComponentModel.DataAnnotations;
using System.Diagnostics.CodeAnalysis;
using System.Linq.Expressions;
using System.Text.Json;
using FluentValidation;
using RealEstateOs.Contracts.Auth;
using RealEstateOs.Contracts.Deals;
using RealEstateOs.Contracts.Properties;
using RealEstateOs.Platform.Http;

namespace RealEstateOs.Deals.Portfolios;

/// <summary>The members of a portfolio that a client may write.</summary>
public abstract record PortfolioFields : PartialBody
{
    /// <summary>What the office calls it, up to 200 letters.</summary>
    [MaxLength(200)] public string? Name { get; init; }
    /// <summary>What it is for, or whose it is.</summary>
    public string? Description { get; init; }
    /// <summary>All of the portfolio's properties; the list replaces the one before.</summary>
    public PropertyId[]? PropertyIds { get; init; }
    /// <summary>A free JSON object of up to 16 KB.</summary>
    public JsonElement? Metadata { get; init; }

    internal void ApplyTo(Portfolio p)
    {
        p.Name = Given(Name?.Trim(), p.Name, nameof(Name))!;
        p.Description = Given(Description, p.Description);
        p.Metadata = Given(Metadata, p.Metadata);
    }
}

/// <example>{"name": "Marina rentals", "description": "Five flats in two towers.", "property_ids": [1]}</example>
public sealed record CreatePortfolioRequest : PortfolioFields, IRequestBody<CreatePortfolioRequest>;

/// <example>{"description": "Six flats in two towers."}</example>
public sealed record UpdatePortfolioRequest : PortfolioFields, IRequestBody<UpdatePortfolioRequest>;

internal sealed class CreatePortfolioValidator : AbstractValidator<CreatePortfolioRequest>
{
    public CreatePortfolioValidator() => RuleFor(p => p.Name).NotEmpty();
}

internal sealed class UpdatePortfolioValidator : AbstractValidator<UpdatePortfolioRequest>
{
    public UpdatePortfolioValidator() => RuleFor(p => p.Name).NotEmpty().When(p => p.Has(nameof(p.Name)));
}

/// <summary>A portfolio as lists show it.</summary>
/// <inheritdoc cref="PortfolioFields"/>
public record PortfolioResponse
{
    public required PortfolioId Id { get; init; }
    public required OrganizationId OrganizationId { get; init; }
    public required string Name { get; init; }
    public string? Description { get; init; }
    /// <summary>Of those that the reader may see.</summary>
    public int PropertyCount { get; init; }
    /// <summary>Sum of the properties' estimated values, else prices, of those in <see cref="Currency"/>.</summary>
    public decimal TotalValue { get; init; }
    /// <summary>The organization's, or the only one that the properties have.</summary>
    public string? Currency { get; init; }
    /// <summary>The same sum for each currency: they are never added.</summary>
    public IReadOnlyDictionary<string, decimal> ByCurrency { get; init; } = new Dictionary<string, decimal>();
    public JsonElement? Metadata { get; init; }
    public UserId? CreatedBy { get; init; }
    public DateTimeOffset CreatedAt { get; init; }
    public DateTimeOffset UpdatedAt { get; init; }

    internal static readonly Expression<Func<Portfolio, PortfolioResponse>> Projection = p => new PortfolioResponse
    {
        Id = p.Id, OrganizationId = p.OrganizationId, Name = p.Name, Description = p.Description, Metadata = p.Metadata,
        CreatedBy = p.CreatedBy,
        CreatedAt = p.CreatedAt, UpdatedAt = p.UpdatedAt,
    };

    internal static readonly Func<Portfolio, PortfolioResponse> Of = Projection.Compile();
}

/// <summary>A portfolio with its properties. Count and value follow the properties, so its ETag is made of the answer.</summary>
public sealed record PortfolioDetailResponse : PortfolioResponse
{
    [SetsRequiredMembers]
    internal PortfolioDetailResponse(PortfolioResponse portfolio) : base(portfolio)
    {
    }

    public IReadOnlyList<PortfolioPropertyResponse> Properties { get; init; } = [];
}

/// <summary>A property in a portfolio; <paramref name="BookValue"/> is what it was worth when it was added.</summary>
/// <param name="Price">Asking price, in <paramref name="Currency"/>.</param>
/// <param name="EstimatedValue">What the office believes it is worth, in <paramref name="Currency"/>.</param>
/// <param name="Address">Street and number, or building and flat.</param>
/// <param name="City">City or town.</param>
/// <param name="Currency">ISO 4217 code of all amounts of this property.</param>
/// <param name="BookValue">Estimated value, else asking price of a sale, on the day it was added; null where neither was known.</param>
/// <param name="AddedAt">When it came into the portfolio.</param>
public sealed record PortfolioPropertyResponse(
    PropertyId Id, string Address, string City, PropertyStatus Status, PropertyStage CurrentStage, decimal? Price, decimal? EstimatedValue,
    string Currency,
    decimal? BookValue, DateTimeOffset AddedAt);
