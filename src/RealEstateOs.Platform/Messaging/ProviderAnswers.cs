using System.Net;
using RealEstateOs.Platform.Jobs;

namespace RealEstateOs.Platform.Messaging;

/// <summary>What an HTTP provider's refusal means: wait as told, try again, or give up.</summary>
internal static class ProviderAnswers
{
    public static async Task RequireAsync(HttpResponseMessage response, string provider, CancellationToken ct)
    {
        if (response.IsSuccessStatusCode) return;
        var text = await response.Content.ReadAsStringAsync(ct);
        var message = $"{provider} answered {(int)response.StatusCode}: {(text.Length > 500 ? text[..500] : text)}";
        if (response.StatusCode == HttpStatusCode.TooManyRequests) throw new RetryJobLater(response.Headers.RetryAfter?.Delta ?? TimeSpan.FromSeconds(30), message);
        // 401 and 403 are our configuration, which an operator will mend; the message itself is not at fault.
        var worthwhile = (int)response.StatusCode >= 500 || response.StatusCode is HttpStatusCode.RequestTimeout or HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden;
        if (worthwhile) throw new HttpRequestException(message, null, response.StatusCode);
        throw new PermanentJobFailure(message);
    }
}
