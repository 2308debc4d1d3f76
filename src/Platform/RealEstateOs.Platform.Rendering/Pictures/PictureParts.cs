using System.Buffers.Binary;
using System.Text;

namespace RealEstateOs.Platform.Pictures;

/// <summary>
/// A picture without what cameras and programs write beside it: place, time, device, names, comments, previews, films behind the end. The
/// pixels are copied as they are, and the colour profile with them. Null where the file is not built as its kind is.
/// </summary>
internal static class PictureParts
{
    /// <summary>JFIF, colour profile (ICC) and Adobe's transform stay; every other application segment and comment goes.</summary>
    public static byte[]? OfJpeg(ReadOnlySpan<byte> file)
    {
        var kept = new MemoryStream(file.Length);
        kept.Write(file[..2]);
        for (var at = 2; ;)
        {
            while (at + 1 < file.Length && file[at] == 0xFF && file[at + 1] == 0xFF) at++; // fill bytes
            if (file[at..] is [0xFF, 0xD9, ..]) return Ended(kept);
            if (at + 4 > file.Length || file[at] != 0xFF) return null;
            var marker = file[at + 1];
            var end = at + 2 + BinaryPrimitives.ReadUInt16BigEndian(file[(at + 2)..]);
            if (end > file.Length || end < at + 4) return null;
            if (IsKept(marker, file[(at + 4)..end])) kept.Write(file[at..end]);
            at = end;
            if (marker != 0xDA) continue;
            var scan = at;
            while (at + 1 < file.Length && (file[at] != 0xFF || file[at + 1] is 0 or 0xFF or (>= 0xD0 and <= 0xD7))) at++;
            if (at + 1 >= file.Length) at = file.Length; // cut off: what there is can be shown
            kept.Write(file[scan..at]);
            if (at == file.Length) return Ended(kept);
        }
    }

    /// <summary>Only what the pixels and their colours need.</summary>
    public static byte[]? OfPng(ReadOnlySpan<byte> file)
    {
        var kept = new MemoryStream(file.Length);
        kept.Write(file[..8]);
        for (var at = 8; at + 12 <= file.Length;)
        {
            var length = BinaryPrimitives.ReadUInt32BigEndian(file[at..]);
            if (length > file.Length - at - 12) return null;
            var end = at + 12 + (int)length;
            var name = Encoding.Latin1.GetString(file.Slice(at + 4, 4));
            if (name is not ("eXIf" or "tEXt" or "zTXt" or "iTXt" or "tIME")) kept.Write(file[at..end]);
            if (name == "IEND") return kept.ToArray();
            at = end;
        }
        return null;
    }

    public static byte[]? OfWebp(ReadOnlySpan<byte> file)
    {
        var kept = new MemoryStream(file.Length);
        kept.Write(file[..12]);
        for (var at = 12; at + 8 <= file.Length;)
        {
            var length = BinaryPrimitives.ReadUInt32LittleEndian(file[(at + 4)..]);
            if (length > file.Length - at - 8) return null;
            var end = (int)Math.Min(file.Length, at + 8 + length + (length & 1));
            var part = file[at..end].ToArray();
            var name = Encoding.Latin1.GetString(part.AsSpan(0, 4));
            if (name == "VP8X" && part.Length > 8) part[8] &= unchecked((byte)~(0x08 | 0x04)); // it has no EXIF and no XMP any more
            if (name is not ("EXIF" or "XMP ")) kept.Write(part);
            at = end;
        }
        var clean = kept.ToArray();
        BinaryPrimitives.WriteUInt32LittleEndian(clean.AsSpan(4), (uint)clean.Length - 8);
        return clean.Length > 12 ? clean : null;
    }

    /// <summary>Frames, their times and how often they are repeated stay; comments and what programs wrote go.</summary>
    public static byte[]? OfGif(ReadOnlySpan<byte> file)
    {
        if (file.Length < 13) return null;
        var kept = new MemoryStream(file.Length);
        var at = 13 + ColoursOf(file[10]);
        if (at > file.Length) return null;
        kept.Write(file[..at]);
        while (at + 1 < file.Length && file[at] != 0x3B)
        {
            var start = at;
            if (file[at] == 0x2C && at + 10 < file.Length) at += 11 + ColoursOf(file[at + 9]); // and the size of its codes
            else if (file[at] == 0x21) at += 2;
            else return null;
            while (at < file.Length && file[at] != 0) at += file[at] + 1;
            if (at++ >= file.Length) return null;
            var isSaid = file[start] == 0x21 && (file[start + 1] == 0xFE
                || (file[start + 1] == 0xFF && !file[(start + 3)..].StartsWith("NETSCAPE2.0"u8)));
            if (!isSaid) kept.Write(file[start..at]);
        }
        kept.WriteByte(0x3B);
        return kept.ToArray();
    }

    private static int ColoursOf(byte flags) => (flags & 0x80) == 0 ? 0 : 3 * (2 << (flags & 7));

    private static bool IsKept(byte marker, ReadOnlySpan<byte> content) => marker switch
    {
        0xE0 => content.StartsWith("JFIF"u8),
        0xE2 => content.StartsWith("ICC_PROFILE"u8),
        0xEE => content.StartsWith("Adobe"u8),
        (>= 0xE1 and <= 0xEF) or 0xFE => false,
        _ => true,
    };

    private static byte[] Ended(MemoryStream kept)
    {
        kept.Write([0xFF, 0xD9]);
        return kept.ToArray();
    }
}
