using RealEstateOs.Contracts.Auth;
using RealEstateOs.Platform.Authorization;

namespace RealEstateOs.Analytics;

internal static class Colleagues
{
    /// <summary>What an agent's figures are counted from: who sees a colleague's may read all of it.</summary>
    private static readonly string[] Counted = [AnalyticsPermissions.Read, "deals:read", "leads:read", "properties:read"];

    public static bool MayLookAt(CurrentUser user) => Counted.All(permission => user.ReachOf(permission) == Reach.All);

    /// <summary>Is it a person of this organization whose figures the user may see? One's own always.</summary>
    public static async Task<bool> SeesAsync(UserId who, CurrentUser user, IOrganizationDirectory organizations, CancellationToken ct) =>
        (who == user.Id || MayLookAt(user)) && (await organizations.PeopleAsync([who], ct)).ContainsKey(who);
}
