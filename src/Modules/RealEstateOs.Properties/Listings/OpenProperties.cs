using Microsoft.EntityFrameworkCore;
using RealEstateOs.Contracts.Auth;
using RealEstateOs.Contracts.Properties;
using RealEstateOs.Platform.Persistence;

namespace RealEstateOs.Properties.Listings;

/// <summary>The cards of an agent who leaves go to a colleague; closed ones keep their name.</summary>
internal sealed class OpenProperties(PropertiesDb db) : IOpenWork
{
    public string Kind => "properties";

    public async Task<int> HandOverAsync(UserId from, UserId to, CancellationToken ct)
    {
        var open = await db.Properties
            .Where(p => p.AssignedUserId == from && p.CurrentStage != PropertyStage.ClosedWon && p.CurrentStage != PropertyStage.ClosedLost)
            .ToListAsync(ct);
        foreach (var property in open)
        {
            property.AssignedUserId = to;
            db.AddTimeline(property, "property_handed_over", "Handed Over to a Colleague", null);
            db.Raise(() => new PropertyUpdated(property.Id, property.TeamId, to, property.CurrentStage, db.Work.Tenant.User,
                ["assigned_user_id"]));
        }
        await db.SaveChangesAsync(ct);
        return open.Count;
    }
}
