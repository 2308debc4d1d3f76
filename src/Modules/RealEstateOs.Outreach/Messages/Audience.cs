using RealEstateOs.Contracts.Leads;
using RealEstateOs.Platform.Authorization;
using RealEstateOs.Platform.Problems;

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
        _ => throw Problem.Forbidden(Permission),
    };

    /// <summary>How to reach one lead that the user sees; a 422 of <c>lead_id</c> where there is none.</summary>
    public static async Task<LeadContact> RequireAsync(this ILeadAudience audience, ILeadReader leads, LeadId id, CancellationToken ct) =>
        (await leads.SummariesAsync([id], ct)).ContainsKey(id)
        && await audience.PageAsync(new LeadWish { LeadIds = [id] }, null, 1, ct) is [var lead] ? lead
            : throw Problem.Invalid(FieldError.Format("lead_id", "names no lead of the organization"));

    /// <summary>Leads that the user sees; a 422 of <c>lead_ids</c> that names those that are none.</summary>
    public static async Task<IReadOnlyDictionary<LeadId, LeadSummary>> RequireAllAsync(this ILeadReader leads, LeadId[] named,
        CancellationToken ct)
    {
        var known = await leads.SummariesAsync(named, ct);
        var unknown = named.Where(l => !known.ContainsKey(l)).Select(l => l.Value).Distinct().ToArray();
        return unknown.Length == 0 ? known
            : throw Problem.Invalid(FieldError.Format("lead_ids", $"names no leads of the organization: {string.Join(", ", unknown)}"));
    }
}
