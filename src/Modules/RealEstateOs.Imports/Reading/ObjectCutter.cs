namespace RealEstateOs.Imports.Reading;

/// <summary>
/// Cuts the top-level objects, or those of the array that a file begins in the midst of, out of a stream of JSON by counting braces outside
/// of texts, and knows on which line each begins.
/// </summary>
internal sealed class ObjectCutter(long from = 0, long fromLine = 1)
{
    internal readonly record struct Piece(long Line, long Position, byte[] Bytes, string? Fault);

    private readonly MemoryStream current = new();
    private readonly bool isEnveloped = from > 0;
    private long line = fromLine, position = from, startPosition;
    private int depth;
    private bool inText, escaped, inArray, strayed, anything, ended;

    /// <summary>Bytes of the object that has begun.</summary>
    public long Pending => current.Length;

    public long StartLine { get; private set; } = 1;

    public void Feed(ReadOnlySpan<byte> bytes, List<Piece> pieces)
    {
        foreach (var b in bytes)
        {
            if (ended) return; // what an envelope says after its list
            if (depth > 0) Inside(b, pieces);
            else Between(b, pieces);
            if (b == '\n') line++;
            position++;
        }
    }

    public void End(List<Piece> pieces)
    {
        if (depth > 0) pieces.Add(new Piece(StartLine, startPosition, [], "is cut off: its braces are never closed"));
    }

    private void Between(byte b, List<Piece> pieces)
    {
        if (b == '{')
        {
            (StartLine, startPosition, depth, strayed, anything) = (line, position, 1, false, true);
            current.SetLength(0);
            current.WriteByte(b);
        }
        else if (b == '[' && !anything) inArray = anything = true;
        else if (b == ']' && inArray && isEnveloped) ended = true;
        else if (b is (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n' or (byte)',' or (byte)']' or 0xEF or 0xBB or 0xBF)
        {
            if (b == '\n') strayed = false;
        }
        else if (!strayed)
        {
            strayed = anything = true;
            pieces.Add(new Piece(line, position, [], "is not a JSON object"));
        }
    }

    private void Inside(byte b, List<Piece> pieces)
    {
        // One object a line: an object that is open at the end of its line, within a text, will not close by itself.
        if (b == '\n' && inText && !inArray)
        {
            pieces.Add(new Piece(StartLine, startPosition, [], "is not valid JSON: a text is never closed"));
            (depth, inText, escaped) = (0, false, false);
            return;
        }
        current.WriteByte(b);
        if (escaped) escaped = false;
        else if (inText) (inText, escaped) = (b != '"', b == '\\');
        else if (b == '"') inText = true;
        else if (b is (byte)'{' or (byte)'[') depth++;
        else if (b is (byte)'}' or (byte)']' && --depth == 0) pieces.Add(new Piece(StartLine, startPosition, current.ToArray(), null));
    }
}
