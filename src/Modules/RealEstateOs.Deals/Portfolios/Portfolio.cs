using System.Linq.Expressions;
using System.Text.Json;
using RealEstateOs.Contracts.Auth;
using RealEstateOs.Contracts.Deals;
using RealEstateOs.Contracts.Properties;
using RealEstateOs.Platform.Authorization;
using RealEstateOs.Platform.Persistence;

namespace RealEstateOs.Deals.Portfolios;

/// <summary>Properties that somebody looks at together.</summary>
internal sealed class Portfolio : Entity<PortfolioId>, ISoftDeletable, IOwned<Portfolio>
{
    public string Name { get; set; } = "";
    public string? Description { get; set; }
    public JsonElement? Metadata { get; set; }
    public DateTimeOffset? DeletedAt { get; set; }

    public static Expression<Func<Portfolio, bool>> IsOwnedBy(UserId user) => p => p.CreatedBy == user;
}

/// <summary>A property's place in a portfolio. Its book value is what it was worth when it was added.</summary>
internal sealed class PortfolioProperty : ITenantOwned
{
    public long Id { get; set; }
    public OrganizationId OrganizationId { get; set; }
    public PortfolioId PortfolioId { get; set; }
    public PropertyId PropertyId { get; set; }
    public decimal? BookValue { get; set; }
    public UserId? AddedBy { get; set; }
    public DateTimeOffset AddedAt { get; set; }
}

internal static class PropertyValue
{
    /// <summary>What a property is worth now: its estimated value, else the price asked for it.</summary>
    public static decimal? Current(this PropertySummary property) => property.EstimatedValue
        ?? (property.Purpose == ListingPurpose.Sale ? property.Price : null); // a rent is no value
}
