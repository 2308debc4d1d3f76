using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using RealEstateOs.Contracts.Auth;
using RealEstateOs.Contracts.Crm;
using RealEstateOs.Contracts.Properties;
using RealEstateOs.Platform.Authorization;
using RealEstateOs.Platform.Problems;

namespace RealEstateOs.Crm.Matching;

internal static class ClientMatches
{
    private const int Considered = 1000;

    /// <summary>
    /// Available properties that fit the client, the best first, with reasons. Place and type must fit; price may miss by a
    /// tenth, one bedroom may be missing. Prices are compared in one currency, the preferences' <c>currency</c>, else the organization's.
    /// Without preferences there is nothing to match. Without <c>purpose</c> a tenant looks for a rent and everybody else for a sale;
    /// rents are compared by the preferences' <c>rent_period</c>, else by the year or month, as is usual in the organization's country.
    /// </summary>
    /// <param name="limit">1 to 100, default 20.</param>
    public static async Task<Results<Ok<IReadOnlyList<PropertyMatch>>, NotFound>> Handle(
        ClientId id, CrmDb db, CurrentUser user, IPropertyReader properties, IOrganizationDirectory organizations, CancellationToken ct,
        int limit = 20)
    {
        if (limit is < 1 or > 100)
            throw Problem.Invalid(FieldError.Range("limit", "must be a whole number from 1 to 100") with { In = "query" });
        var client = await db.Clients.AsNoTracking().VisibleTo(user, CrmPermissions.Read).FirstOrDefaultAsync(c => c.Id == id, ct);
        if (client is null) return TypedResults.NotFound();
        var wishes = Wishes.Of(client.Preferences);
        if (wishes.AskForNothing) return TypedResults.Ok<IReadOnlyList<PropertyMatch>>([]);
        var office = await organizations.DefaultsAsync(ct);
        var wish = new PropertyWish
        {
            Purpose = wishes.Purpose ?? (client.Type == ClientType.Tenant ? ListingPurpose.Rent : ListingPurpose.Sale),
            RentPeriod = wishes.RentPeriod ?? RentPeriods.UsualIn(office.Country),
            Areas = wishes.Areas, Types = wishes.Types, MinPrice = wishes.MinPrice * 0.9m, MaxPrice = wishes.MaxPrice * 1.1m,
            Currency = wishes.Currency ?? office.Currency,
            MinBedrooms = wishes.Bedrooms is { } rooms ? Math.Max(0, rooms - 1) : null,
        };
        var candidates = await properties.CandidatesAsync(wish, Considered, ct);
        return TypedResults.Ok<IReadOnlyList<PropertyMatch>>(
            [.. candidates.Select(p => PropertyMatch.Of(p, wishes)).OrderByDescending(m => m.Score).ThenByDescending(
                m => m.Property.Id.Value).Take(limit)]);
    }
}
