using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;
using RealEstateOs.Platform.Http;
using RealEstateOs.Platform.Problems;

namespace RealEstateOs.Platform.RateLimits;

/// <summary>Stands after authentication, so that it knows who calls, and before authorization, so that refusals count too.</summary>
internal sealed class RateLimitMiddleware(RequestDelegate next, RateCounter counter, IOptions<RateLimitOptions> options, TimeProvider clock)
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);

    private readonly RateLimitOptions _options = options.Value;

    public async Task InvokeAsync(HttpContext http)
    {
        if (!_options.Enabled || IsExempt(http))
        {
            await next(http);
            return;
        }

        var windows = WindowsOf(http);
        var decision = await counter.TakeAsync(windows, http.RequestAborted);
        // At the start of the response, because the error writer clears what was set before.
        http.Response.OnStarting(() =>
        {
            Describe(http.Response.Headers, windows, decision, clock.GetUtcNow());
            return Task.CompletedTask;
        });
        if (decision.IsAllowed)
            await next(http);
        else
            await ProblemWriter.WriteAsync(http, Refusal(decision, clock.GetUtcNow()));
    }

    private static Problem Refusal(RateDecision decision, DateTimeOffset now) => Problem.TooManyRequests(
        $"The limit of {decision.Tightest.Limit} requests ({decision.Tightest.Policy}) is reached; "
            + $"try again at {decision.ResetAt:yyyy-MM-ddTHH:mm:ssZ}.",
        TimeSpan.FromSeconds(decision.SecondsUntilReset(now)));

    internal static void Describe(IHeaderDictionary headers, RateWindow[] windows, RateDecision decision, DateTimeOffset now)
    {
        var tightest = decision.Tightest;
        var reset = decision.SecondsUntilReset(now);
        headers["X-RateLimit-Limit"] = Text(tightest.Limit);
        headers["X-RateLimit-Remaining"] = Text(decision.Remaining);
        headers["X-RateLimit-Reset"] = Text(decision.ResetAt.ToUnixTimeSeconds());
        headers["RateLimit-Policy"] = string.Join(", ",
            windows.Select(w => $"\"{w.Policy}\";q={Text(w.Limit)};w={Text((long)w.Length.TotalSeconds)}"));
        headers["RateLimit"] = $"\"{tightest.Policy}\";r={Text(decision.Remaining)};t={Text(reset)}";
        if (!decision.IsAllowed) headers.RetryAfter = Text(reset);
    }

    internal RateWindow[] WindowsOf(HttpContext http)
    {
        if (http.Features.Get<RateLimitCaller>() is not { } caller)
        {
            var address = ClientAddress.NetworkOf(http);
            return
            [
                new("ip-minute", $"rate:ip:{address}:minute", _options.Anonymous.PerMinute, Minute),
                new("ip-hour", $"rate:ip:{address}:hour", _options.Anonymous.PerHour, Hour),
                new("ip-day", $"rate:ip:{address}:day", _options.Anonymous.PerDay, Day),
            ];
        }

        RateWindow perMinute = new("user-minute", $"rate:user:{caller.UserId}:minute", _options.UserPerMinute, Minute);
        RateWindow perHour = new("user-hour", $"rate:user:{caller.UserId}:hour", _options.Plan(caller.Plan).UserPerHour, Hour);
        if (caller.TeamId is not { } team) return [perMinute, perHour];
        var teamLimit = _options.TeamPerHourAndMember * Math.Max(1, caller.TeamMembers);
        return [perMinute, perHour, new("team-hour", $"rate:team:{team}:hour", teamLimit, Hour)];
    }

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);

    private bool IsExempt(HttpContext http)
    {
        if (http.GetEndpoint()?.Metadata.GetMetadata<WithoutRateLimit>() is not null) return true;
        foreach (var path in _options.ExemptPaths)
            if (http.Request.Path.StartsWithSegments(path, StringComparison.OrdinalIgnoreCase)) return true;
        return false;
    }
}
