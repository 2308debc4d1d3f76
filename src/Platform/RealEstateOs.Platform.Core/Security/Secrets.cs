using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace RealEstateOs.Platform.Security;

/// <summary>Unguessable texts; the database keeps only their hashes.</summary>
public static class Secrets
{
    public static string NewToken() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));

    public static byte[] Hash(string token) => SHA256.HashData(Encoding.UTF8.GetBytes(token));
}
