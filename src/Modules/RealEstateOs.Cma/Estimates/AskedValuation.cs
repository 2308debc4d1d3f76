using System.Linq.Expressions;
using RealEstateOs.Contracts.Auth;
using RealEstateOs.Platform.Authorization;
using RealEstateOs.Platform.Persistence;

namespace RealEstateOs.Cma.Estimates;

/// <summary>A quick valuation that somebody asked for.</summary>
internal sealed class AskedValuation : ITenantOwned, INotAudited, IOwned<AskedValuation>
{
    public long Id { get; set; }
    public OrganizationId OrganizationId { get; set; }
    public required string Market { get; set; }
    public required string Area { get; set; }
    public required string Kind { get; set; }
    public decimal Estimate { get; set; }
    public required string Currency { get; set; }
    public double Confidence { get; set; }
    public required string MarketData { get; set; }
    public long ModelId { get; set; }
    public UserId? AskedBy { get; set; }
    public DateTimeOffset AskedAt { get; set; }

    public static Expression<Func<AskedValuation, bool>> IsOwnedBy(UserId user) => a => a.AskedBy == user;
}
