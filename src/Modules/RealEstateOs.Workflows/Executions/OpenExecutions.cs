using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using RealEstateOs.Contracts.Auth;
using RealEstateOs.Contracts.Workflows;
using RealEstateOs.Platform.Authorization;
using RealEstateOs.Platform.Problems;
using RealEstateOs.Platform.RateLimits;

namespace RealEstateOs.Workflows.Executions;

/// <summary>How many executions a person has under way, and may have by the office's plan.</summary>
internal sealed class OpenExecutions(WorkflowsDb db, CurrentUser user, Operators operators, IOptions<RateLimitOptions> limits)
{
    private const int UserLock = 0x77f11;

    /// <summary>Refuses one more, be it new or going on, with a 429. Operators of the installation are not counted.</summary>
    public async Task RequireRoomAsync(UserId person, CancellationToken ct)
    {
        if (operators.Include(user.Principal)) return;
        // Counted under a lock of the person: two requests at once can't both take the last place.
        await db.Database.ExecuteSqlAsync($"select pg_advisory_xact_lock({UserLock}, {unchecked((int)person.Value)})", ct);
        var most = limits.Value.Plan(user.Principal.Plan).ConcurrentWorkflows;
        var open = await db.Executions.CountAsync(
            e => e.CreatedBy == person && (e.Status == ExecutionStatus.Running || e.Status == ExecutionStatus.Paused), ct);
        if (open >= most)
            throw Problem.TooManyRequests(
                string.Create(CultureInfo.InvariantCulture,
                    $"{(person == user.Id ? "You have" : "Whoever started it has")} {open} executions under way; "
                        + $"the plan allows {most} at a time. There is room when one ends or is cancelled."),
                TimeSpan.FromMinutes(1), ErrorCodes.QuotaExceeded);
    }
}
