using System.Net.Http.Headers;
using System.Text.Json;

namespace RealEstateOs.Social.Networks;

/// <summary>What Instagram and Facebook have in common: addresses, the error envelope, what its codes ask for (as of June 2026).</summary>
internal static class MetaGraph
{
    private static readonly int[] Throttled = [4, 17, 32, 613, 80002];

    public static HttpRequestMessage Get(MetaOptions options, Publication post, string path) =>
        Request(HttpMethod.Get, options, post.Token, path, null);

    public static HttpRequestMessage Post(MetaOptions options, Publication post, string path, params (string Name, string? Value)[] form) =>
        Request(HttpMethod.Post, options, post.Token, path, form);

    // The token travels in a header: addresses end up in logs.
    private static HttpRequestMessage Request(HttpMethod method, MetaOptions options, string token, string path,
        (string Name, string? Value)[]? form) =>
            new(method, new Uri(options.Url, $"{options.Version}/{path}"))
            {
                Content = form is null ? null : new FormUrlEncodedContent(
                    form.Where(f => f.Value is not null).Select(f => new KeyValuePair<string, string>(f.Name, f.Value!))),
                Headers = { Authorization = new AuthenticationHeaderValue("Bearer", token) },
            };

    /// <summary>The answer, if it is a yes; else what the error asks for.</summary>
    public static NetworkAnswer Must(this NetworkAnswer answer, string network)
    {
        if (answer.IsGood) return answer;
        if (answer.Json.ValueKind != JsonValueKind.Object || !answer.Json.TryGetProperty("error", out var error)
            || error.ValueKind != JsonValueKind.Object)
            throw new NoAnswer($"The network answered {answer.Status} without an error that can be read.");
        var (code, sub) = (Number(error, "code"), Number(error, "error_subcode"));
        var words = Text(error, "error_user_msg") ?? Text(error, "message") ?? "The network refused it.";
        var name = $"{network}.{code}{(sub == 0 ? "" : $".{sub}")}";
        var transient = error.TryGetProperty("is_transient", out var flag) && flag.ValueKind == JsonValueKind.True;
        throw (code, sub) switch
        {
            (4, 2207051) => new NetworkFault(FaultKind.MaybePosted, name, words,
                "Instagram took this for spam. Wait a day before the next post.") { After = TimeSpan.FromHours(24) },
            (9, 2207042) => new NetworkFault(FaultKind.RateLimited, name, words,
                "The day's number of posts is used up.") { After = TimeSpan.FromHours(6) },
            (24, 2207008) or (9007, 2207027) => new NetworkFault(FaultKind.NotReady, name, words) { After = TimeSpan.FromSeconds(30) },
            (-2, 2207003) or (-1, 2207001) or (-1, 2207032) or (-1, 2207053) or (-2, 2207020) or (_, 1363047) or (_, 1609010) =>
                new NetworkFault(FaultKind.Temporary, name, words, "Try again later."),
            (_, 1366051) => new NetworkFault(FaultKind.Duplicate, name, words),
            (_, 1390008) => new NetworkFault(FaultKind.RateLimited, name, words, "Post less often.") { After = TimeSpan.FromHours(1) },
            (_, 1404078) => new NetworkFault(FaultKind.Rejected, name, words,
                "The page needs Page Publishing Authorization: finish it on Facebook."),
            (25, _) or (_, 4854002) =>
                new NetworkFault(FaultKind.Rejected, name, words,
                    "The account is restricted: open it on the network and follow what it asks."),
            (9004, _) => new NetworkFault(FaultKind.Temporary, name, words,
                "The network can't fetch our picture: is PublicUrl reachable from outside?"),
            (190 or 102, _) => new NetworkFault(FaultKind.Reconnect, name, words, "Connect the account again."),
            (10 or (>= 200 and < 300), _) =>
                new NetworkFault(FaultKind.Reconnect, name, words, "A permission is missing: connect the account again and grant it."),
            _ when Throttled.Contains(code) => new NetworkFault(FaultKind.RateLimited, name, words)
            {
                After = CallsLeft.Regain(answer.Headers) ?? TimeSpan.FromHours(1),
            },
            _ when transient => new NetworkFault(FaultKind.Temporary, name, words, "Try again later."),
            _ => new NetworkFault(FaultKind.Rejected, name, words, "Change the post as the message says, then publish it again."),
        };
    }

    private static int Number(JsonElement error, string member) =>
        error.TryGetProperty(member, out var number) && number.TryGetInt32(out var value) ? value : 0;

    private static string? Text(JsonElement error, string member) =>
        error.TryGetProperty(member, out var text) && text.ValueKind == JsonValueKind.String ? text.GetString() : null;
}
