using RealEstateOs.Contracts.Auth;
using RealEstateOs.Contracts.Crm;
using RealEstateOs.Platform.Persistence;

namespace RealEstateOs.Crm.Agenda;

/// <summary>The secret address under which a calendar program reads one person's agenda. Only a hash of the secret is kept.</summary>
internal sealed class CalendarFeed : Entity<CalendarFeedId>
{
    public UserId UserId { get; set; }
    [Secret] public byte[] TokenHash { get; set; } = [];
    public DateTimeOffset? LastReadAt { get; set; }
}
