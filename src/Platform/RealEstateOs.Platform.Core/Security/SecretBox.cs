using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Configuration;

namespace RealEstateOs.Platform.Security;

/// <summary>
/// Seals what must be read again and may not lie open in the database: AES-256-GCM under <c>Secrets:Key</c>, else a key derived from
/// Jwt:Key. A change of the key leaves old seals readable where <c>Secrets:PreviousKeys</c> names it. The purpose is part of the seal: it
/// opens for nothing else.
/// </summary>
public sealed class SecretBox
{
    private const int KeyNameSize = 4, NonceSize = 12, TagSize = 16, LeastBytes = 32;

    private readonly (byte[] Name, byte[] Key)[] keys;

    private SecretBox(IEnumerable<byte[]> materials) => keys = [.. materials.Select(Derive)];

    internal static SecretBox Load(IConfiguration configuration, JwtSettings jwt)
    {
        var previous = configuration.GetSection("Secrets:PreviousKeys").Get<string[]>() ?? [];
        return new SecretBox([configuration["Secrets:Key"] is { Length: > 0 } own ? Material("Secrets:Key", own) : jwt.Key.Key,
            .. previous.Select(k => Material("Secrets:PreviousKeys", k))]);
    }

    public byte[] Seal(ReadOnlySpan<byte> secret, string purpose)
    {
        var (name, key) = keys[0];
        var box = new byte[KeyNameSize + NonceSize + secret.Length + TagSize];
        name.CopyTo(box, 0);
        var nonce = box.AsSpan(KeyNameSize, NonceSize);
        RandomNumberGenerator.Fill(nonce);
        using var aes = new AesGcm(key, TagSize);
        aes.Encrypt(nonce, secret, box.AsSpan(KeyNameSize + NonceSize, secret.Length), box.AsSpan(^TagSize..),
            Encoding.UTF8.GetBytes(purpose));
        return box;
    }

    /// <summary>Null where no key of ours fits, or the seal was made for another purpose.</summary>
    public byte[]? Open(ReadOnlySpan<byte> box, string purpose)
    {
        if (box.Length < KeyNameSize + NonceSize + TagSize) return null;
        foreach (var (name, key) in keys)
        {
            if (!box[..KeyNameSize].SequenceEqual(name)) continue;
            var secret = new byte[box.Length - KeyNameSize - NonceSize - TagSize];
            try
            {
                using var aes = new AesGcm(key, TagSize);
                aes.Decrypt(box.Slice(KeyNameSize, NonceSize), box[(KeyNameSize + NonceSize)..^TagSize], box[^TagSize..], secret,
                    Encoding.UTF8.GetBytes(purpose));
                return secret;
            }
            catch (AuthenticationTagMismatchException)
            {
                // Another purpose, or a key whose name is the same by chance.
            }
        }
        return null;
    }

    /// <summary>Marks a text that goes out and comes back, such as an address, so that nobody makes up another: 80 bits in hex.</summary>
    public string Sign(string text, string purpose) => Signature(keys[0].Key, text, purpose);

    /// <summary>Did we sign this text for this purpose, under the key of now or one before it?</summary>
    public bool HasSigned(string text, string purpose, string signature) => keys.Any(k => CryptographicOperations.FixedTimeEquals(
        Encoding.UTF8.GetBytes(Signature(k.Key, text, purpose)), Encoding.UTF8.GetBytes(signature)));

    private static string Signature(byte[] key, string text, string purpose) => Convert.ToHexStringLower(HMACSHA256.HashData(
        HKDF.Expand(HashAlgorithmName.SHA256, key, 32, Encoding.UTF8.GetBytes(purpose)), Encoding.UTF8.GetBytes(text)).AsSpan(0, 10));

    private static byte[] Material(string setting, string text) => Encoding.UTF8.GetByteCount(text) >= LeastBytes
        ? Encoding.UTF8.GetBytes(text)
        : throw new InvalidOperationException($"{setting} is too short: it needs at least {LeastBytes} characters.");

    private static (byte[], byte[]) Derive(byte[] material)
    {
        var key = HKDF.DeriveKey(HashAlgorithmName.SHA256, material, 32, info: "realestateos secrets"u8.ToArray());
        return (SHA256.HashData(key)[..KeyNameSize], key);
    }
}
