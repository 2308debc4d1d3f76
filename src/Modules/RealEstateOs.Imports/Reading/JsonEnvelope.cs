using System.Text.Json;

namespace RealEstateOs.Imports.Reading;

/// <summary>
/// Answers of listing systems hold their rows in a list: OData and the RESO Web API in <c>value</c>, others in <c>data</c>, <c>listings</c>
/// …
/// </summary>
internal static class JsonEnvelope
{
    private const int LongestHead = 64 * 1024;

    private static readonly HashSet<string> Lists = new(StringComparer.OrdinalIgnoreCase)
    {
        "value", "data", "results", "items", "records", "rows", "bundle", "listings", "properties", "leads", "contacts",
        "clients", "people",
    };

    /// <summary>Where the list begins, and on which line; zero where the file is no envelope.</summary>
    public static async Task<(long From, long Line)> ListAsync(Stream stream, CancellationToken ct)
    {
        stream.Position = 0;
        var head = new byte[LongestHead];
        var length = await stream.ReadAtLeastAsync(head, head.Length, throwOnEndOfStream: false, ct);
        var mark = head.AsSpan(0, length).StartsWith("\uFEFF"u8) ? 3 : 0;
        var from = Find(head.AsSpan(mark, length - mark));
        return from <= 0 ? (0, 1) : (mark + from, 1 + head.AsSpan(0, mark + from).Count((byte)'\n'));
    }

    // The members before the list are few and short: what comes later than the head is no envelope.
    private static int Find(ReadOnlySpan<byte> head)
    {
        var json = new Utf8JsonReader(head, isFinalBlock: false, default);
        try
        {
            if (!json.Read() || json.TokenType != JsonTokenType.StartObject) return 0;
            while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
            {
                var isList = Lists.Contains(json.GetString()!);
                if (!json.Read()) return 0;
                if (json.TokenType == JsonTokenType.StartArray)
                {
                    var start = (int)json.TokenStartIndex;
                    if (isList && json.Read() && json.TokenType is JsonTokenType.StartObject or JsonTokenType.EndArray) return start;
                    return 0;
                }
                if (!json.TrySkip()) return 0;
            }
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            // The rows say what is wrong with it.
        }
        return 0;
    }
}
