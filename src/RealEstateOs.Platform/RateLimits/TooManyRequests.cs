using Microsoft.AspNetCore.Http;

namespace RealEstateOs.Platform.RateLimits;

internal static class TooManyRequests
{
    public static Task Write(HttpContext http, RateDecision decision)
    {
        http.Response.StatusCode = StatusCodes.Status429TooManyRequests;
        return http.Response.WriteAsJsonAsync(
            new { type = "about:blank", title = "Too many requests", status = 429, detail = Detail(decision), code = "RATE_001" },
            options: null,
            contentType: "application/problem+json",
            http.RequestAborted);
    }

    public static string Detail(RateDecision decision) =>
        $"The limit of {decision.Tightest.Limit} requests ({decision.Tightest.Policy}) is reached; try again at {decision.ResetAt:yyyy-MM-ddTHH:mm:ssZ}.";
}
