using RealEstateOs.Platform.Authorization;

namespace RealEstateOs.Platform.Events.Live;

/// <summary>Who may read an event on a stream: whoever may read what it is about. What stands in no table is for nobody.</summary>
internal static class EventAudience
{
    /// <summary>For every signed-in member of the organization; with a <c>user_id</c>, for that person only.</summary>
    private const string Everyone = "";

    private static readonly Dictionary<string, string> PermissionOf = new(StringComparer.Ordinal)
    {
        ["property"] = "properties:read",
        ["lead"] = "leads:read",
        ["client"] = "clients:read",
        ["deal"] = "deals:read",
        ["transaction"] = "transactions:read",
        ["portfolio"] = "portfolios:read",
        ["campaign"] = "campaigns:read",
        ["sequence"] = "nurturing:read",
        ["cma"] = "cma:read",
        ["memo"] = "properties:read",
        ["reply"] = "properties:read",
        ["document"] = "properties:read",
        ["workflow"] = "workflows:read",
        ["task"] = Everyone,
        ["notification"] = Everyone,
    };

    public static bool Knows(string type) => PermissionOf.ContainsKey(Resource(type));

    public static bool MayRead(Principal who, LiveEvent happened)
    {
        if (who.OrganizationId != happened.OrganizationId || !PermissionOf.TryGetValue(Resource(happened.Type), out var permission)) return false;
        if (permission == Everyone) return happened.AddressedTo is not { } user || user == who.UserId.Value;
        if (who.Permissions.Contains(permission)) return true;
        return who.Permissions.Contains(permission + Permissions.OwnSuffix) && happened.Concerns(who.UserId.Value);
    }

    private static string Resource(string type) => type.Split('.')[0];
}
