using Microsoft.EntityFrameworkCore;
using RealEstateOs.Contracts.Auth;
using RealEstateOs.Contracts.Marketing;

namespace RealEstateOs.Marketing.Adverts;

internal sealed class AdvertIdentities(MarketingDb db, TimeProvider clock) : IAdvertIdentity
{
    public async Task<AdvertIdentity> OfAsync(UserId? agent, CancellationToken ct)
    {
        var office = await db.Settings.AsNoTracking().Select(s => s.NameAr).FirstOrDefaultAsync(ct);
        var profile = agent is { } user ? await db.Agents.AsNoTracking().FirstOrDefaultAsync(a => a.UserId == user, ct) : null;
        var ended = profile?.BrnExpiresOn < DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime);
        return new(office, profile?.NameAr, profile?.Title, profile?.TitleAr, ended ? null : profile?.Brn);
    }
}
