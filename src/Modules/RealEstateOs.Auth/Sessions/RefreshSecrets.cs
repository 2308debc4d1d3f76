using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using RealEstateOs.Platform.Security;

namespace RealEstateOs.Auth.Sessions;

/// <summary>
/// Makes refresh tokens: by chance, or, for a client that may have to repeat its request, such that the repeat gets the same one.
/// </summary>
internal sealed class RefreshSecrets(JwtSettings jwt)
{
    private readonly byte[] key = HKDF.DeriveKey(HashAlgorithmName.SHA256, jwt.Key.Key, 32, info: "realestateos refresh"u8.ToArray());

    /// <summary>What follows on a token; nobody can know it who has not our key.</summary>
    public string After(string token, string? idempotencyKey) => string.IsNullOrWhiteSpace(idempotencyKey)
        ? Secrets.NewToken() : Base64Url.EncodeToString(HMACSHA256.HashData(key, Encoding.UTF8.GetBytes($"{token}\n{idempotencyKey}")));
}
