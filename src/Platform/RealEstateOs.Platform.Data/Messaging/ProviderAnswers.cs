using System.Net;
using System.Net.Http.Headers;
using RealEstateOs.Contracts.Texts;
using RealEstateOs.Platform.Jobs;

namespace RealEstateOs.Platform.Messaging;

/// <summary>What an HTTP provider's refusal means: wait as told, try again, or give up.</summary>
internal static class ProviderAnswers
{
    private static readonly TimeSpan LongestPause = TimeSpan.FromHours(1);

    public static async Task RequireAsync(HttpResponseMessage response, string provider, TimeProvider clock, CancellationToken ct)
    {
        if (response.IsSuccessStatusCode) return;
        var text = await response.Content.ReadAsStringAsync(ct);
        var message = $"{provider} answered {(int)response.StatusCode}: {text.Shortened(500)}";
        if (response.StatusCode == HttpStatusCode.TooManyRequests)
            throw new RetryJobLater(Pause(response.Headers.RetryAfter, clock) ?? TimeSpan.FromSeconds(30), message);
        // 401 and 403 are our configuration, which an operator will mend; the message itself is not at fault.
        var worthwhile = (int)response.StatusCode >= 500
            || response.StatusCode is HttpStatusCode.RequestTimeout or HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden;
        if (worthwhile) throw new HttpRequestException(message, null, response.StatusCode);
        throw new PermanentJobFailure(message);
    }

    private static TimeSpan? Pause(RetryConditionHeaderValue? said, TimeProvider clock) =>
        (said?.Delta ?? said?.Date - clock.GetUtcNow()) is { } pause
            ? TimeSpan.FromSeconds(Math.Clamp(pause.TotalSeconds, 1, LongestPause.TotalSeconds)) : null;
}
