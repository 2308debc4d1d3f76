using Microsoft.EntityFrameworkCore;
using RealEstateOs.Contracts.Properties;
using RealEstateOs.Platform.Authorization;
using RealEstateOs.Platform.Persistence;
using RealEstateOs.Properties.Listings;

namespace RealEstateOs.Properties;

/// <summary>What other modules do to properties, within the caller's transaction.</summary>
internal sealed class PropertyCommands(PropertiesDb db, CurrentUser user, TimeProvider clock) : IPropertyCommands
{
    public async Task MarkSoldAsync(PropertyId property, CancellationToken ct, PropertyStatus status = PropertyStatus.Sold)
    {
        if (await db.Properties.FirstOrDefaultAsync(p => p.Id == property, ct) is not { } sold) return;
        await db.Properties.Where(p => p.Id == property).RequireAsync(user, PropertiesPermissions.Update, ct);
        sold.Status = status;
        if (sold.Win(db.Work.Tenant.User, clock.Now()) is { } move) db.Record(sold, move);
        await db.SaveAsync(sold, db.Work.Tenant.User, ct);
    }
}
