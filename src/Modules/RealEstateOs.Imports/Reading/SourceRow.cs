using System.Text.Json;

namespace RealEstateOs.Imports.Reading;

/// <summary>
/// A record of a file as it stands there: its cells, of a CSV file in the order of the header, of JSON by name; or what is wrong with it.
/// <paramref name="Position"/> counts bytes from the start of the file, for the progress.
/// </summary>
internal readonly record struct SourceRow(long Line, long Position, IReadOnlyList<SourceCell> Cells, string? Fault = null)
{
    public static SourceRow Broken(long line, long position, string fault) => new(line, position, [], fault);
}

/// <summary>A cell: a text of a CSV file, or whatever JSON said.</summary>
internal readonly record struct SourceCell(string Column, string? Text, JsonElement? Json)
{
    public bool IsBlank => Json is null ? string.IsNullOrWhiteSpace(Text) : Json is { ValueKind: JsonValueKind.Null };
}

/// <summary>The file as a whole can't be read; the message is for the user.</summary>
internal sealed class UnreadableFile(string message) : Exception(message);
