using Microsoft.EntityFrameworkCore;
using RealEstateOs.Contracts.Properties;

namespace RealEstateOs.Properties;

/// <summary>What may be advertised of properties: nothing of their owners.</summary>
internal sealed class PublicListings(PropertiesDb db) : IListings
{
    public async Task<IReadOnlyDictionary<PropertyId, ListingSnapshot>> SnapshotsAsync(IReadOnlyCollection<PropertyId> properties,
        CancellationToken ct)
    {
        var wanted = properties.Distinct().ToArray();
        if (wanted.Length == 0) return new Dictionary<PropertyId, ListingSnapshot>();
        var listings = await db.Properties.AsNoTracking().Where(p => wanted.Contains(p.Id)).Select(p => new ListingSnapshot
        {
            Id = p.Id, Address = p.Address, City = p.City, State = p.State, ZipCode = p.ZipCode, Country = p.Country,
            Community = p.Community, Building = p.Building, Developer = p.Developer,
            Latitude = p.Latitude, Longitude = p.Longitude, PropertyType = p.PropertyType, Status = p.Status,
            CompletionStatus = p.CompletionStatus, Purpose = p.Purpose, RentPeriod = p.RentPeriod, Price = p.Price, Currency = p.Currency,
            Bedrooms = p.Bedrooms, Bathrooms = p.Bathrooms, SquareFeet = p.SquareFeet, LotSize = p.LotSize, YearBuilt = p.YearBuilt,
            Description = p.Description, Features = p.Features,
            Amenities = p.Amenities, PermitNumber = p.PermitNumber, PermitExpiresOn = p.PermitExpiresOn, AssignedUserId = p.AssignedUserId,
            CreatedBy = p.CreatedBy, UpdatedAt = p.UpdatedAt,
        }).ToListAsync(ct);
        var pictures = (await db.Images.AsNoTracking().Where(i => wanted.Contains(i.PropertyId))
            .OrderByDescending(i => i.IsPrimary).ThenBy(i => i.Order).ThenBy(i => i.Id)
            .Select(i => new { i.PropertyId, i.FileKey, i.Url, i.Title }).ToListAsync(ct))
            .ToLookup(i => i.PropertyId, i => new ListingPicture(i.FileKey, i.Url, i.Title));
        return listings.ToDictionary(l => l.Id, l => l with { Pictures = [.. pictures[l.Id]] });
    }

    public async Task<ILookup<string, PropertyId>> WithPermitsAsync(IReadOnlyCollection<string> permits, CancellationToken ct)
    {
        var wanted = permits.ToArray();
        return (await db.Properties.AsNoTracking().Where(p => wanted.Contains(p.PermitNumber!)).Select(p => new { p.Id, p.PermitNumber })
            .ToListAsync(ct)).ToLookup(p => p.PermitNumber!, p => p.Id);
    }
}
