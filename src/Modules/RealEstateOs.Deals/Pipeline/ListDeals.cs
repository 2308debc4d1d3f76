using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using RealEstateOs.Contracts.Auth;
using RealEstateOs.Contracts.Deals;
using RealEstateOs.Platform.Authorization;
using RealEstateOs.Platform.Http.Lists;
using RealEstateOs.Platform.Problems;

namespace RealEstateOs.Deals.Pipeline;

internal static class ListDeals
{
    private static readonly ListSpec<Deal> Spec = new ListSpec<Deal>()
        .Is("stage", d => d.Stage)
        .Is("deal_type", d => d.DealType, "type")
        .Is("property_id", d => d.PropertyId)
        .Is("lead_id", d => d.LeadId)
        .Is("client_id", d => d.ClientId)
        .Is("assigned_to", d => d.AssignedTo, "assigned_user_id")
        .Is("team_id", d => d.TeamId)
        .Is("created_by", d => d.CreatedBy)
        .Is("currency", d => d.Currency)
        .Where("status", "open, won or lost.", OfStatus)
        .Range("value", d => d.Value)
        .Range("probability", d => d.Probability)
        .Range("expected_close_date", d => d.ExpectedCloseDate)
        .Range("closed_at", d => d.ClosedAt)
        .Range("created_at", d => d.CreatedAt)
        .Range("updated_at", d => d.UpdatedAt)
        .Search("the notes", d => d.SearchVector)
        .Sort("created_at", d => d.CreatedAt).Sort("updated_at", d => d.UpdatedAt).Sort("value", d => d.Value).Sort("probability",
            d => d.Probability)
        .Sort("expected_close_date", d => d.ExpectedCloseDate).Sort("closed_at", d => d.ClosedAt).Sort("stage_changed_at",
            d => d.StageChangedAt)
        .By("-created_at");

    /// <summary>
    /// The deals that match all filters. They carry the names of property, lead, client and agents. Bounds of the value are in the
    /// <c>currency</c> of the query, else in the organization's: deals in others are not compared with them.
    /// </summary>
    public static async Task<ListResult<DealResponse>> Handle(ListRequest list, DealsDb db, CurrentUser user, DealNames names,
        IOrganizationDirectory organizations, CancellationToken ct)
    {
        var deals = db.DealsOf(user, DealsPermissions.Read).AsNoTracking();
        if (list.BoundsWithoutCurrency("value"))
        {
            var home = (await organizations.DefaultsAsync(ct)).Currency;
            deals = deals.Where(d => d.Currency == home);
        }
        return await list.PageAsync(deals, Spec, d => d.Id, DealResponse.Projection, page => names.CompleteAsync(page, ct), ct);
    }

    private static Expression<Func<Deal, bool>> OfStatus(string status) => status switch
    {
        "open" => d => d.Stage != DealStage.ClosedWon && d.Stage != DealStage.ClosedLost,
        "won" => d => d.Stage == DealStage.ClosedWon,
        "lost" => d => d.Stage == DealStage.ClosedLost,
        _ => throw Problem.Invalid(FieldError.Format("status", "must be one of open, won, lost") with { In = "query" }),
    };
}
