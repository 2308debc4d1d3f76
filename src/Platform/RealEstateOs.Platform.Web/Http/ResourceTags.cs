using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using RealEstateOs.Platform.Persistence;
using RealEstateOs.Platform.Serialization;

namespace RealEstateOs.Platform.Http;

/// <summary>The strong ETag of a single resource: its reference and its row's version.</summary>
public static class ResourceTags
{
    public static string TagOf(IVersioned row) => Tag(row.Reference, row.Version);

    /// <summary>As <c>"deal_7-5f3a"</c>, or <c>"deal_7-5f3a.09c1…"</c> where the answer shows other rows, too.</summary>
    public static string TagOf(IVersionedResponse answer)
    {
        var tag = Tag(answer.Reference, answer.Version);
        return answer.ShowsOtherRows
            ? $"{tag[..^1]}.{Hash(JsonSerializer.SerializeToUtf8Bytes(answer, answer.GetType(), Json.Options))}\"" : tag;
    }

    /// <summary>Is the tag one of this state of the row, whatever else it holds?</summary>
    public static bool IsOf(IVersioned row, string tag) =>
        tag == TagOf(row) || tag.StartsWith($"{TagOf(row)[..^1]}.", StringComparison.Ordinal);

    internal static string Hash(byte[] body) => Convert.ToHexStringLower(SHA256.HashData(body).AsSpan(0, 12));

    public static string Tag(string reference, uint version) => string.Create(CultureInfo.InvariantCulture, $"\"{reference}-{version:x}\"");
}
