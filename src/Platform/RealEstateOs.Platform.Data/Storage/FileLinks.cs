using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text.Json;
using RealEstateOs.Platform.Security;
using RealEstateOs.Platform.Serialization;

namespace RealEstateOs.Platform.Storage;

/// <summary>
/// Download links that need no sign-in, because they can't be guessed and end: the key, name and type of a file and the time,
/// signed. An <c>img</c> tag or a mail program follows them as it is.
/// </summary>
public sealed class FileLinks(JwtSettings jwt, TimeProvider clock)
{
    public const string Route = "/files/{token}";

    private const int SignatureBytes = 32;
    private readonly byte[] key = HKDF.DeriveKey(HashAlgorithmName.SHA256, jwt.Key.Key, 32, info: "realestateos file links"u8.ToArray());

    /// <summary>
    /// A path that works for at least <paramref name="lifetime"/>. Its end is rounded up by a quarter of that, so that the same file
    /// has the same link for a while, and lists of it the same ETag.
    /// </summary>
    public string Make(FileKey file, string fileName, string contentType, TimeSpan lifetime)
    {
        var step = Math.Max(1, (long)(lifetime.TotalSeconds / 4));
        var until = (clock.GetUtcNow().ToUnixTimeSeconds() + (long)lifetime.TotalSeconds + step - 1) / step * step;
        return Sign(new FileTicket(file.Value, fileName, contentType, until));
    }

    /// <summary>
    /// A path that works as long as the file is there, and is the same each time: for what everybody may see wherever it was put, such as
    /// a logo in a mail of years ago.
    /// </summary>
    public string MakeLasting(FileKey file, string fileName, string contentType) =>
        Sign(new FileTicket(file.Value, fileName, contentType, FileTicket.Never));

    /// <summary>Null for anything that was not signed here; an expired ticket is answered as such.</summary>
    internal FileTicket? Read(string token)
    {
        if (token.Length > 4000 || !Base64Url.IsValid(token)) return null;
        var bytes = Base64Url.DecodeFromChars(token);
        if (bytes.Length <= SignatureBytes) return null;
        var payload = bytes.AsSpan(SignatureBytes);
        return CryptographicOperations.FixedTimeEquals(HMACSHA256.HashData(key, payload), bytes.AsSpan(0, SignatureBytes))
            ? JsonSerializer.Deserialize<FileTicket>(payload, Json.Options) : null;
    }

    private string Sign(FileTicket ticket)
    {
        var payload = JsonSerializer.SerializeToUtf8Bytes(ticket, Json.Options);
        return "/files/" + Base64Url.EncodeToString([.. HMACSHA256.HashData(key, payload), .. payload]);
    }
}

internal sealed record FileTicket(string Key, string FileName, string ContentType, long Until)
{
    public const long Never = 0;

    public bool IsExpired(DateTimeOffset now) => Until != Never && now.ToUnixTimeSeconds() >= Until;
}
