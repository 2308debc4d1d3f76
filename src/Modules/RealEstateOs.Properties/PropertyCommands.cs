using Microsoft.EntityFrameworkCore;
using RealEstateOs.Contracts.Properties;
using RealEstateOs.Platform.Authorization;
using RealEstateOs.Platform.Persistence;
using RealEstateOs.Properties.Listings;

namespace RealEstateOs.Properties;

/// <summary>What other modules do to properties, within the caller's transaction.</summary>
internal sealed class PropertyCommands(PropertiesDb db, CurrentUser user, TimeProvider clock) : IPropertyCommands
{
    public async Task<bool> MarkSoldAsync(PropertyId property, CancellationToken ct, PropertyStatus status = PropertyStatus.Sold)
    {
        var locked = db.Properties.FromSql($"select *, xmin from properties.properties where id = {property.Value} for no key update");
        if (await locked.FirstOrDefaultAsync(ct) is not { } sold) return false;
        await db.Properties.Where(p => p.Id == property).RequireAsync(user, PropertiesPermissions.Update, ct);
        sold.Status = status;
        var move = sold.Win(db.Work.Tenant.User, clock.Now());
        if (move is not null) db.Record(sold, move);
        await db.SaveAsync(sold, db.Work.Tenant.User, ct);
        return move is not null;
    }

    public async Task OfferAsync(PropertyId property, ListingPurpose purpose, RentPeriod? period, CancellationToken ct)
    {
        await db.Properties.Where(p => p.Id == property).RequireAsync(user, PropertiesPermissions.Update, ct);
        if (await db.Properties.FirstOrDefaultAsync(p => p.Id == property, ct) is not { } offered) return;
        offered.Offer(purpose, period);
        await db.SaveAsync(offered, db.Work.Tenant.User, ct);
    }
}
