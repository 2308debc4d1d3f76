using Microsoft.EntityFrameworkCore;
using RealEstateOs.Contracts.Auth;
using RealEstateOs.Contracts.Deals;
using RealEstateOs.Platform.Persistence;

namespace RealEstateOs.Deals.Commissions;

/// <summary>An agent's part of a deal's commission.</summary>
internal sealed class DealSplit : ITenantOwned
{
    public long Id { get; set; }
    public OrganizationId OrganizationId { get; set; }
    public DealId DealId { get; set; }
    public int Position { get; set; }
    public UserId UserId { get; set; }
    [Precision(7, 4)] public decimal Percent { get; set; }
}
