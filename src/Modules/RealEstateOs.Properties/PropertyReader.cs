using Microsoft.EntityFrameworkCore;
using RealEstateOs.Contracts.Properties;
using RealEstateOs.Platform.Authorization;
using RealEstateOs.Platform.Problems;
using RealEstateOs.Properties.Listings;

namespace RealEstateOs.Properties;

/// <summary>Answers other modules what the signed-in user may see.</summary>
internal sealed class PropertyReader(PropertiesDb db, CurrentUser user) : IPropertyReader
{
    private IQueryable<Property> Visible => db.Properties.VisibleTo(user, PropertiesPermissions.Read);

    public Task<IReadOnlyDictionary<PropertyId, PropertySummary>> SummariesAsync(IReadOnlyCollection<PropertyId> properties,
        CancellationToken ct) =>
            Visible.SummariesAsync(properties, ct);

    public async Task RequireAsync(IReadOnlyCollection<PropertyId> properties, CancellationToken ct, string member = "property_id")
    {
        var wanted = properties.Distinct().ToArray();
        if (wanted.Length == 0) return;
        var found = await Visible.Where(p => wanted.Contains(p.Id)).Select(p => p.Id).ToListAsync(ct);
        var unknown = wanted.Except(found).Select(p => p.Value).Order().ToArray();
        if (unknown.Length > 0)
            throw Problem.Invalid(FieldError.Format(member, $"names no property of the organization: {string.Join(", ", unknown)}"));
    }

    public Task<IReadOnlyList<PropertySummary>> CandidatesAsync(PropertyWish wish, int limit, CancellationToken ct) =>
        Visible.CandidatesAsync(wish, limit, ct);
}
