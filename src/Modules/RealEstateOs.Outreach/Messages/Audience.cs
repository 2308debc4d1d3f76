using RealEstateOs.Contracts.Leads;
using RealEstateOs.Platform.Authorization;

namespace RealEstateOs.Outreach.Messages;

/// <summary>Nobody writes to leads that they may not see.</summary>
internal static class Audience
{
    public const string Permission = "leads:read";

    /// <summary>The wish as far as the user sees leads: all, own ones, or a 403. It holds for what is sent later, too.</summary>
    public static LeadWish SeenBy(this LeadWish wish, CurrentUser user) => user.ReachOf(Permission) switch
    {
        Reach.All => wish,
        Reach.Own => wish with { OwnedBy = user.Id },
        _ => throw Platform.Http.Problem.Forbidden(Permission),
    };
}
