using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using RealEstateOs.Contracts.Ids;
using RealEstateOs.Platform.Authorization;
using RealEstateOs.Platform.Http;
using RealEstateOs.Platform.Problems;
using RealEstateOs.Platform.Serialization;

namespace RealEstateOs.Platform.RateLimits;

/// <summary>What an organization may ask for so many times; how often, says its plan.</summary>
public enum Quota
{
    /// <summary>Reports a day.</summary>
    Reports,

    /// <summary>Generated assets an hour.</summary>
    Assets,

    /// <summary>Looks through the office's records a day, whatever the plan.</summary>
    Maintenance,
}

public static class QuotaEndpoints
{
    /// <summary>
    /// Each success of this endpoint uses one of the organization's quota; a refusal, or the replay of an Idempotency-Key, uses none. An
    /// exhausted quota is a 429 <c>RATE_002</c> that says when there will be more. Operators of the installation are not counted.
    /// </summary>
    public static RouteHandlerBuilder Counts(this RouteHandlerBuilder route, Quota quota) =>
        route.AddEndpointFilter((context, next) => CountAsync(quota, context, next));

    // Stands inside the unit of work, so that a replay never comes here.
    private static async ValueTask<object?> CountAsync(Quota quota, EndpointFilterInvocationContext context, EndpointFilterDelegate next) =>
        await context.HttpContext.RequestServices.GetRequiredService<PlanQuotas>().CountAsync(quota, async () => await next(context),
            result => UnitOfWorkFilter.StatusOf(result) < 400, context.HttpContext.RequestAborted);
}

/// <summary>Counts what the signed-in user asks for, in a request or in the background, against the quotas of the organization.</summary>
public sealed class PlanQuotas(QuotaGate gate, CurrentUser user, Operators operators, IOptions<RateLimitOptions> limits, TimeProvider clock)
{
    private const int MaintenancePerDay = 20;

    /// <summary>Does it as one of the quota, which is given back where it fails; a 429 <c>RATE_002</c> where nothing is left.</summary>
    public async Task<T> CountAsync<T>(Quota quota, Func<Task<T>> act, Predicate<T> succeeded, CancellationToken ct)
    {
        var who = user.Principal;
        if (operators.Include(who)) return await act();
        var (subject, word) = (who.OrganizationId.Reference(), Vocabulary.Word(quota));
        var (limit, window) = LimitOf(quota, limits.Value.Plan(who.Plan));
        var taken = await gate.TryTakeAsync(subject, word, limit, window, ct);
        if (!taken.IsAllowed) throw Exhausted(quota, taken, clock.GetUtcNow());
        var isDone = false;
        try
        {
            var result = await act();
            isDone = succeeded(result);
            return result;
        }
        finally
        {
            if (!isDone) await gate.GiveBackAsync(subject, word, limit, window);
        }
    }

    private static (int Limit, TimeSpan Window) LimitOf(Quota quota, PlanLimits plan) => quota switch
    {
        Quota.Reports => (plan.ReportsPerDay, TimeSpan.FromDays(1)),
        Quota.Assets => (plan.AssetsPerHour, TimeSpan.FromHours(1)),
        _ => (MaintenancePerDay, TimeSpan.FromDays(1)),
    };

    private static Problem Exhausted(Quota quota, QuotaDecision taken, DateTimeOffset now) => Problem.TooManyRequests(
        string.Create(CultureInfo.InvariantCulture,
            $"The plan's quota of {taken.Limit} ({Vocabulary.Word(quota)}) is used up; there is more at "
                + $"{taken.ResetAt:yyyy-MM-ddTHH:mm:ssZ}."),
        taken.ResetAt - now, ErrorCodes.QuotaExceeded);
}
