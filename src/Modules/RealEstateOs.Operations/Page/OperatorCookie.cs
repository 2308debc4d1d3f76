using System.Buffers.Binary;
using System.Buffers.Text;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Http;
using RealEstateOs.Platform.Authorization;

namespace RealEstateOs.Operations.Page;

/// <summary>The cookie of the operators' dashboard: a session and the time it ends, signed; and the token that its forms carry.</summary>
internal sealed class OperatorCookie(JwtSettings jwt, TimeProvider clock)
{
    public static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(30);

    private const string Name = "reos_operator";
    private const int PayloadBytes = 16;
    private readonly byte[] key = HKDF.DeriveKey(HashAlgorithmName.SHA256, jwt.Key.Key, 32, info: "realestateos operators"u8.ToArray());

    public void Set(HttpContext http, long session)
    {
        var payload = new byte[PayloadBytes];
        BinaryPrimitives.WriteInt64BigEndian(payload, session);
        BinaryPrimitives.WriteInt64BigEndian(payload.AsSpan(8), (clock.GetUtcNow() + Lifetime).ToUnixTimeSeconds());
        http.Response.Cookies.Append(Name, Base64Url.EncodeToString([.. payload, .. HMACSHA256.HashData(key, payload)]), Options(http));
    }

    public static void Clear(HttpContext http) => http.Response.Cookies.Delete(Name, Options(http));

    /// <summary>Null where there is none, it was not made here, or its time is over.</summary>
    public long? Read(HttpContext http)
    {
        if (http.Request.Cookies[Name] is not { Length: < 200 } text || !Base64Url.IsValid(text)) return null;
        var bytes = Base64Url.DecodeFromChars(text);
        if (bytes.Length != PayloadBytes + 32) return null;
        var payload = bytes.AsSpan(0, PayloadBytes);
        if (!CryptographicOperations.FixedTimeEquals(HMACSHA256.HashData(key, payload), bytes.AsSpan(PayloadBytes))) return null;
        return BinaryPrimitives.ReadInt64BigEndian(payload[8..]) > clock.GetUtcNow().ToUnixTimeSeconds()
            ? BinaryPrimitives.ReadInt64BigEndian(payload) : null;
    }

    /// <summary>What the forms of this session carry, so that no other site can send them.</summary>
    public string FormToken(long session)
    {
        var payload = new byte[9];
        BinaryPrimitives.WriteInt64BigEndian(payload, session);
        payload[8] = (byte)'f';
        return Base64Url.EncodeToString(HMACSHA256.HashData(key, payload));
    }

    public bool IsFormToken(long session, string? token) =>
        token is not null && CryptographicOperations.FixedTimeEquals(System.Text.Encoding.ASCII.GetBytes(FormToken(session)),
            System.Text.Encoding.ASCII.GetBytes(token));

    private static CookieOptions Options(HttpContext http) =>
        new() { HttpOnly = true, SameSite = SameSiteMode.Strict, Secure = http.Request.IsHttps, Path = Dashboard.Path, MaxAge = Lifetime,
            IsEssential = true };
}
