using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using RealEstateOs.Analytics.Figures;
using RealEstateOs.Contracts.Analytics;
using RealEstateOs.Contracts.Auth;
using RealEstateOs.Platform.Authorization;
using RealEstateOs.Platform.Http;
using RealEstateOs.Platform.Http.Lists;
using RealEstateOs.Platform.Problems;

namespace RealEstateOs.Analytics.Goals;

internal static class GoalEndpoints
{
    private static readonly ListSpec<Goal> Spec = new ListSpec<Goal>().Is("metric", g => g.Metric).Is("period",
        g => g.Period).Is("user_id", g => g.UserId)
        .Sort("created_at", g => g.CreatedAt).Sort("target", g => g.Target).By("created_at");

    /// <summary>Goals of the office and of its people, each with how far it is.</summary>
    public static Task<ListResult<GoalResponse>> List(ListRequest list, AnalyticsDb db, CurrentUser user, FigureDesk desk,
        GoalProgress progress, CancellationToken ct) =>
        list.PageAsync(Visible(db, user, AnalyticsPermissions.Read).AsNoTracking(), Spec, g => g.Id, g => Plain(g), async page =>
        {
            var (context, shown) = (await ContextAsync(desk, ct), new List<GoalResponse>(page.Count));
            foreach (var goal in page) shown.Add(await CompleteAsync(goal, context, progress, ct));
            return shown;
        }, ct);

    /// <summary>One goal and how far it is.</summary>
    public static async Task<Results<Ok<GoalResponse>, NotFound>> Get(GoalId id, AnalyticsDb db, CurrentUser user, FigureDesk desk,
        GoalProgress progress, CancellationToken ct) =>
        await Visible(db, user, AnalyticsPermissions.Read).AsNoTracking().FirstOrDefaultAsync(g => g.Id == id, ct) is { } goal
            ? TypedResults.Ok(await CompleteAsync(Plain(goal), await ContextAsync(desk, ct), progress, ct)) : TypedResults.NotFound();

    /// <summary>Sets a goal; one of the same metric, period and person is a 409.</summary>
    public static async Task<Created<GoalResponse>> Create(
        CreateGoalRequest request, AnalyticsDb db, CurrentUser user, IOrganizationDirectory organizations, FigureDesk desk,
        GoalProgress progress, CancellationToken ct)
    {
        var goal = new Goal { Metric = request.Metric!.Value, Period = request.Period ?? GoalPeriod.Month, Target = request.Target!.Value,
            UserId = request.UserId };
        await organizations.RequireAsync(null, goal.UserId, ct, userMember: "user_id");
        if (user.OnlyOwn(AnalyticsPermissions.Goals) && goal.UserId != user.Id) throw Problem.Forbidden(AnalyticsPermissions.Goals);
        if (await db.Goals.AnyAsync(g => g.Metric == goal.Metric && g.Period == goal.Period && g.UserId == goal.UserId, ct))
            throw Problem.AlreadyExists("There is a goal of this metric and period already; change its target.");
        db.Add(goal);
        await db.SaveChangesAsync(ct);
        var shown = await CompleteAsync(Plain(goal), await ContextAsync(desk, ct), progress, ct);
        return TypedResults.Created($"{ApiGroup.Root}/analytics/goals/{goal.Id.Value}", shown);
    }

    /// <summary>Changes a goal's target.</summary>
    public static async Task<Results<Ok<GoalResponse>, NotFound>> Update(
        GoalId id, UpdateGoalRequest request, AnalyticsDb db, CurrentUser user, FigureDesk desk, GoalProgress progress,
        CancellationToken ct)
    {
        if (await Visible(db, user, AnalyticsPermissions.Goals).FirstOrDefaultAsync(g => g.Id == id,
            ct) is not { } goal) return TypedResults.NotFound();
        goal.Target = request.Target ?? goal.Target;
        await db.SaveChangesAsync(ct);
        return TypedResults.Ok(await CompleteAsync(Plain(goal), await ContextAsync(desk, ct), progress, ct));
    }

    /// <summary>Drops a goal.</summary>
    public static async Task<Results<NoContent, NotFound>> Delete(GoalId id, AnalyticsDb db, CurrentUser user, CancellationToken ct)
    {
        if (await Visible(db, user, AnalyticsPermissions.Goals).FirstOrDefaultAsync(g => g.Id == id,
            ct) is not { } goal) return TypedResults.NotFound();
        db.Remove(goal);
        await db.SaveChangesAsync(ct);
        return TypedResults.NoContent();
    }

    // A colleague's goals are as closed as a colleague's figures; the office's are everybody's to read, and nobody's own to change.
    private static IQueryable<Goal> Visible(AnalyticsDb db, CurrentUser user, string permission) => user.ReachOf(permission) == Reach.All
        && Colleagues.MayLookAt(user)
        ? db.Goals : db.Goals.VisibleTo(user, permission, me => g => g.UserId == me || (permission == AnalyticsPermissions.Read
            && g.UserId == null)).Where(g => g.UserId == null || g.UserId == user.Id);

    private static GoalResponse Plain(Goal g) =>
        new(g.Id, g.OrganizationId, g.Name, g.Metric, g.Period, g.Target, g.UserId, null, null, g.CreatedBy, g.CreatedAt, g.UpdatedAt);

    private static async Task<GoalResponse> CompleteAsync(GoalResponse goal, FigureContext context, GoalProgress progress,
        CancellationToken ct)
    {
        var stand = GoalProgress.Stand(goal.Target, await progress.CurrentAsync(goal.Metric, goal.Period, goal.UserId, context, ct));
        return goal with { Current = stand.Current, Progress = stand.Progress };
    }

    private static async Task<FigureContext> ContextAsync(FigureDesk desk, CancellationToken ct) =>
        (await desk.OpenAsync(new FigureQuery(), null, ct))!;
}
