using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using RealEstateOs.Platform.Authorization;
using RealEstateOs.Platform.Observability.Logs;
using RealEstateOs.Platform.RateLimits;

namespace RealEstateOs.Platform;

/// <summary>Tells limits and logs who asks.</summary>
internal static class WhoAsks
{
    public static IApplicationBuilder UseWhoAsks(this IApplicationBuilder app) => app.Use((http, next) =>
    {
        var user = http.RequestServices.GetRequiredService<CurrentUser>();
        if (user.IsSignedIn)
        {
            var who = user.Principal;
            http.Features.Set(new RateLimitCaller(who.UserId.Value, who.TeamId?.Value, who.Plan, who.TeamMembers));
            http.Features.Set<IRequestIdentity>(new Identity(who.Key is null ? who.UserId.Value : null, who.OrganizationId.Value));
        }
        return next(http);
    });

    private sealed record Identity(long? UserId, long? OrganizationId) : IRequestIdentity;
}
