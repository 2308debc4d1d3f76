using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using RealEstateOs.Contracts.Ids;
using RealEstateOs.Platform.Authorization;
using RealEstateOs.Platform.Http;

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
    private const int MaintenancePerDay = 20;

    /// <summary>
    /// Each success of this endpoint uses one of the organization's quota; a refusal, or the replay of an Idempotency-Key, uses none. An
    /// exhausted quota is a 429 <c>RATE_002</c> that says when there will be more. Operators of the installation are not counted.
    /// </summary>
    public static RouteHandlerBuilder Counts(this RouteHandlerBuilder route, Quota quota) =>
        route.AddEndpointFilter((context, next) => CountAsync(quota, context, next));

    // Stands inside the unit of work, so that a replay never comes here.
    private static async ValueTask<object?> CountAsync(Quota quota, EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var services = context.HttpContext.RequestServices;
        var who = services.GetRequiredService<CurrentUser>().Principal;
        if (services.GetRequiredService<Operators>().Include(who)) return await next(context);
        var (gate, subject) = (services.GetRequiredService<QuotaGate>(), who.OrganizationId.Reference());
        var (limit, window) = LimitOf(quota, services.GetRequiredService<IOptions<RateLimitOptions>>().Value.Plan(who.Plan));
        var taken = await gate.TryTakeAsync(subject, Vocabulary.Word(quota), limit, window, context.HttpContext.RequestAborted);
        if (!taken.IsAllowed) throw Exhausted(quota, taken, services.GetRequiredService<TimeProvider>().GetUtcNow());
        var succeeded = false;
        try
        {
            var result = await next(context);
            succeeded = UnitOfWorkFilter.StatusOf(result) < 400;
            return result;
        }
        finally
        {
            if (!succeeded) await gate.GiveBackAsync(subject, Vocabulary.Word(quota), limit, window);
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
            $"The plan's quota of {taken.Limit} ({Vocabulary.Word(quota)}) is used up; there is more at {taken.ResetAt:yyyy-MM-ddTHH:mm:ssZ}."),
        taken.ResetAt - now, ErrorCodes.QuotaExceeded);
}
