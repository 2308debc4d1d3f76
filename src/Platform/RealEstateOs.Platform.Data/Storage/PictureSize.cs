using System.Buffers.Binary;

namespace RealEstateOs.Platform.Storage;

/// <summary>
/// Width and height as a picture's header names them, read before anything decodes it: a few bytes may claim to be gigapixels. Null where
/// the header does not tell; then nothing that decodes it gets further either.
/// </summary>
internal static class PictureSize
{
    public const long MostPixels = 80_000_000; // phones take 50

    public static (int Width, int Height)? Read(ReadOnlySpan<byte> head, FileKind kind) => kind switch
    {
        _ when kind == FileKind.Png && head.Length >= 24 =>
            (BinaryPrimitives.ReadInt32BigEndian(head[16..]), BinaryPrimitives.ReadInt32BigEndian(head[20..])),
        _ when kind == FileKind.Gif && head.Length >= 10 =>
            (BinaryPrimitives.ReadUInt16LittleEndian(head[6..]), BinaryPrimitives.ReadUInt16LittleEndian(head[8..])),
        _ when kind == FileKind.Webp && head.Length >= 30 => OfWebp(head),
        _ when kind == FileKind.Jpeg => OfJpeg(head),
        _ => null,
    };

    private static (int, int)? OfWebp(ReadOnlySpan<byte> head)
    {
        if (head[12..16].SequenceEqual("VP8X"u8)) return (1 + Three(head[24..]), 1 + Three(head[27..]));
        if (head[12..16].SequenceEqual("VP8L"u8))
        {
            var bits = BinaryPrimitives.ReadUInt32LittleEndian(head[21..]);
            return (1 + (int)(bits & 0x3FFF), 1 + (int)((bits >> 14) & 0x3FFF));
        }
        return (BinaryPrimitives.ReadUInt16LittleEndian(head[26..]) & 0x3FFF, BinaryPrimitives.ReadUInt16LittleEndian(head[28..]) & 0x3FFF);
    }

    // From segment to segment to the start of the frame, which names the size.
    private static (int, int)? OfJpeg(ReadOnlySpan<byte> head)
    {
        for (var at = 2; at + 9 <= head.Length && head[at] == 0xFF;)
        {
            var marker = head[at + 1];
            if (marker is >= 0xC0 and <= 0xCF and not (0xC4 or 0xC8 or 0xCC))
                return (BinaryPrimitives.ReadUInt16BigEndian(head[(at + 7)..]), BinaryPrimitives.ReadUInt16BigEndian(head[(at + 5)..]));
            at += marker == 0xFF ? 1 : 2 + BinaryPrimitives.ReadUInt16BigEndian(head[(at + 2)..]);
        }
        return null;
    }

    private static int Three(ReadOnlySpan<byte> bytes) => bytes[0] | (bytes[1] << 8) | (bytes[2] << 16);
}
