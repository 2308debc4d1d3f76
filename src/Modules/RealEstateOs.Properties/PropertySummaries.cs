using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using RealEstateOs.Contracts.Properties;
using RealEstateOs.Properties.Listings;

namespace RealEstateOs.Properties;

/// <summary>Properties as other modules see them; whoever asks says of which.</summary>
internal static class PropertySummaries
{
    private static readonly Expression<Func<Property, PropertySummary>> Summary = p => new PropertySummary(
        p.Id, p.Address, p.City, p.Community, p.Building, p.PropertyType, p.Price, p.EstimatedValue, p.Currency, p.Bedrooms, p.Bathrooms,
        p.SquareFeet,
        p.Status, p.CurrentStage, p.TeamId, p.AssignedUserId)
    {
        Latitude = p.Latitude, Longitude = p.Longitude, CompletionStatus = p.CompletionStatus, Purpose = p.Purpose,
        RentPeriod = p.RentPeriod,
    };

    public static async Task<IReadOnlyDictionary<PropertyId, PropertySummary>> SummariesAsync(
        this IQueryable<Property> properties, IReadOnlyCollection<PropertyId> ids, CancellationToken ct)
    {
        var wanted = ids.Distinct().ToArray();
        if (wanted.Length == 0) return new Dictionary<PropertyId, PropertySummary>();
        return await properties.AsNoTracking().Where(p => wanted.Contains(p.Id)).Select(Summary).ToDictionaryAsync(p => p.Id, ct);
    }

    public static async Task<IReadOnlyList<PropertySummary>> CandidatesAsync(this IQueryable<Property> properties, PropertyWish wish,
        int limit, CancellationToken ct)
    {
        var found = properties.AsNoTracking().Where(p => p.Status == PropertyStatus.Available);
        if (wish.Areas.Count > 0)
        {
            var areas = wish.Areas.Select(a => $"%{Escape(a)}%").ToArray();
            found = found.Where(p => areas.Any(a =>
                EF.Functions.ILike(p.City, a) || EF.Functions.ILike(p.Community!, a) || EF.Functions.ILike(p.Building!, a)
                    || EF.Functions.ILike(p.Address, a)));
        }
        if (wish.Types.Count > 0)
        {
            var types = wish.Types.Select(t => (PropertyType?)t).ToArray();
            found = found.Where(p => types.Contains(p.PropertyType));
        }
        if (wish.Purpose is { } purpose) found = found.Where(p => p.Purpose == purpose);
        if ((wish.MinPrice ?? wish.MaxPrice) is not null && wish.RentPeriod is { } period)
            found = found.Where(p => p.RentPeriod == null || p.RentPeriod == period);
        if (wish.MinPrice is { } least) found = found.Where(p => p.Price >= least);
        if (wish.MaxPrice is { } most) found = found.Where(p => p.Price <= most);
        if ((wish.MinPrice ?? wish.MaxPrice) is not null && wish.Currency is { } currency) found = found.Where(p => p.Currency == currency);
        if (wish.MinBedrooms is { } rooms) found = found.Where(p => p.Bedrooms >= rooms);
        return await found.OrderByDescending(p => p.CreatedAt).ThenByDescending(p => p.Id).Take(limit).Select(Summary).ToListAsync(ct);
    }

    private static string Escape(string text) => text.Trim().Replace("\\", "\\\\").Replace("%", "\\%").Replace("_", "\\_");
}
