using System.Security.Cryptography;
using System.Text;

namespace RealEstateOs.Outreach.ProviderWebhooks;

/// <summary>What Twilio signs with: the account's token, or a shared key where one of its webhook rules says so.</summary>
internal sealed record TwilioKeys(string? AuthToken, string? SharedKey);

/// <summary>The providers' signatures, over the bytes as they came.</summary>
internal static class Signatures
{
    /// <summary>Hex HMAC-SHA256 of the body; <c>sha256=</c> may stand before it.</summary>
    public static bool Hmac(string? secret, ReadOnlySpan<byte> body, string? signature)
    {
        if (string.IsNullOrEmpty(secret) || string.IsNullOrEmpty(signature)) return false;
        var hex = signature.StartsWith("sha256=", StringComparison.OrdinalIgnoreCase) ? signature[7..] : signature;
        return Same(Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), body)), hex.Trim().ToLowerInvariant());
    }

    /// <summary>SendGrid: ECDSA P-256 with SHA-256 over timestamp and body, nothing between; the signature in DER.</summary>
    public static bool SendGrid(byte[]? publicKey, ReadOnlySpan<byte> body, string? timestamp, string? signature)
    {
        if (publicKey is null || string.IsNullOrEmpty(timestamp) || string.IsNullOrEmpty(signature)) return false;
        Span<byte> der = stackalloc byte[256];
        if (!Convert.TryFromBase64String(signature, der, out var length)) return false;
        using var key = ECDsa.Create();
        key.ImportSubjectPublicKeyInfo(publicKey, out _);
        try
        {
            return key.VerifyData([.. Encoding.UTF8.GetBytes(timestamp), .. body], der[..length], HashAlgorithmName.SHA256,
                DSASignatureFormat.Rfc3279DerSequence);
        }
        catch (CryptographicException)
        {
            return false;
        }
    }

    /// <summary>
    /// Twilio: base64 HMAC over the address and the sorted parameters; by the auth token and SHA-1, or where a header of settings stands
    /// beside it (<c>key=…,algorithm=HMAC_SHA256</c>), by the shared key and the algorithm that it names. A body that is no form is covered
    /// by <c>bodySHA256</c> in the address. The address is tried as it is public and as it reached us, with and without the port, as
    /// Twilio's own library does.
    /// </summary>
    public static bool Twilio(TwilioKeys keys, string? settings, IEnumerable<Uri> addresses,
        IReadOnlyList<KeyValuePair<string, string[]>> form, ReadOnlySpan<byte> body, string? bodyHash, string? signature)
    {
        var secret = string.IsNullOrEmpty(settings) ? keys.AuthToken : keys.SharedKey;
        if (string.IsNullOrEmpty(secret) || string.IsNullOrEmpty(signature) || HashNamed(settings) is not { } hash) return false;
        if (bodyHash is not null && !Same(Convert.ToHexStringLower(SHA256.HashData(body)), bodyHash.ToLowerInvariant())) return false;
        if (bodyHash is null && form.Count == 0) return false;
        var parameters = new StringBuilder();
        foreach (var (name, values) in form.OrderBy(p => p.Key, StringComparer.Ordinal))
            foreach (var value in values.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal))
                parameters.Append(name).Append(value);
        var matches = false;
        foreach (var text in addresses.SelectMany(WithAndWithoutPort).Distinct(StringComparer.Ordinal))
        {
            var expected = Convert.ToBase64String(
                CryptographicOperations.HmacData(hash, Encoding.UTF8.GetBytes(secret), Encoding.UTF8.GetBytes(text + parameters)));
            matches |= Same(expected, signature.Trim());
        }
        return matches;
    }

    private static HashAlgorithmName? HashNamed(string? settings)
    {
        var named = (settings ?? "").Split(',').Select(part => part.Split('=', 2, StringSplitOptions.TrimEntries))
            .FirstOrDefault(part => part is ["algorithm", { Length: > 0 }])?[1] ?? "HMAC_SHA1";
        return named.ToUpperInvariant() switch
        {
            "HMAC_SHA1" => HashAlgorithmName.SHA1, "HMAC_SHA256" => HashAlgorithmName.SHA256, _ => null,
        };
    }

    private static IEnumerable<string> WithAndWithoutPort(Uri address)
    {
        yield return $"{address.Scheme}://{address.Host}{address.PathAndQuery}";
        yield return $"{address.Scheme}://{address.Host}:{address.Port}{address.PathAndQuery}";
    }

    private static bool Same(string one, string other) =>
        CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(one), Encoding.UTF8.GetBytes(other));
}
