using RealEstateOs.Contracts.Jobs;
using RealEstateOs.Platform.Authorization;
using RealEstateOs.Platform.Jobs;

namespace RealEstateOs.Platform.Events.Live;

/// <summary>
/// Who may read an event on a stream: whoever may read what it is about; the end of a job, who asked for it or may read all that its kind
/// is about. What stands in no table is for nobody.
/// </summary>
internal sealed class EventAudience(JobKinds kinds)
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
        ["marketing"] = "marketing:read",
        ["social"] = "social:read",
        ["sequence"] = "nurturing:read",
        ["cma"] = "cma:read",
        ["memo"] = "communications:read",
        ["reply"] = "communications:read",
        ["document"] = "documents:read",
        ["workflow"] = "workflows:read",
        ["notification"] = Everyone,
    };

    public static bool Knows(string type) => type == TaskCompleted.Type || PermissionOf.ContainsKey(Resource(type));

    public bool MayRead(Principal who, LiveEvent happened)
    {
        if (who.OrganizationId != happened.OrganizationId) return false;
        if (happened.Type == TaskCompleted.Type)
            return happened.IsAskedForBy(who.UserId.Value) || who.ReachOf(kinds.PermissionOf(happened.TaskType)) == Reach.All;
        if (!PermissionOf.TryGetValue(Resource(happened.Type), out var permission)) return false;
        if (permission == Everyone) return happened.AddressedTo is not { } user || user == who.UserId.Value;
        return who.ReachOf(permission) switch { Reach.All => true, Reach.Own => happened.Concerns(who.UserId.Value), _ => false };
    }

    private static string Resource(string type) => type.Split('.')[0];
}
