using System.Text.RegularExpressions;

namespace RealEstateOs.Platform.Observability.Logs;

/// <summary>Takes what opens a door out of an address before it is logged.</summary>
internal static partial class Masking
{
    private const string Mask = "***";

    public static string Path(string path) =>
        path.Length < 24 ? path : string.Join('/', path.Split('/').Select(part => IsKeyLike(part) ? Mask : part));

    public static string Query(string? query)
    {
        if (query is null or "" or "?") return "";
        return "?" + string.Join('&', query[1..].Split('&').Select(Parameter));
    }

    private static string Parameter(string parameter)
    {
        var equals = parameter.IndexOf('=', StringComparison.Ordinal);
        if (equals < 0) return IsKeyLike(parameter) ? Mask : parameter;
        var (name, value) = (parameter[..equals], parameter[(equals + 1)..]);
        return SecretName().IsMatch(Uri.UnescapeDataString(name)) || IsKeyLike(value) ? $"{name}={Mask}" : parameter;
    }

    // Unguessable keys of links and feeds, and tokens: long, and letters mixed with digits. Our ids are short.
    private static bool IsKeyLike(string text) =>
        text.Length >= 24 && text.Any(char.IsAsciiDigit) && text.Any(char.IsAsciiLetter) && KeyLike().IsMatch(text);

    [GeneratedRegex("token|secret|passw|signature|api_?key|auth|jwt|credential|otp|^(code|key|sig|state|t)$", RegexOptions.IgnoreCase)]
    private static partial Regex SecretName();

    [GeneratedRegex("^[A-Za-z0-9_.~%=-]+$")]
    private static partial Regex KeyLike();
}
