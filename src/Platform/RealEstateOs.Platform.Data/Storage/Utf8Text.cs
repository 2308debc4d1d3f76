using System.Text;

namespace RealEstateOs.Platform.Storage;

/// <summary>Text files as UTF-8, whatever Unicode encoding they came in; spreadsheets save "Unicode text" as UTF-16.</summary>
public static class Utf8Text
{
    /// <summary>
    /// The same text as a stream of UTF-8, told by the byte order mark, or by the zeros that half of the first letters are in UTF-16.
    /// Anything else passes as it is.
    /// </summary>
    public static async ValueTask<Stream> ReadAsync(Stream source, CancellationToken ct)
    {
        var head = new byte[4];
        var length = await source.ReadAtLeastAsync(head, head.Length, throwOnEndOfStream: false, ct);
        var whole = new HeadedStream(head.AsMemory(0, length), source);
        return EncodingOf(head.AsSpan(0, length)) is { } encoding
            ? Encoding.CreateTranscodingStream(whole, encoding, new UTF8Encoding(false)) : whole;
    }

    private static Encoding? EncodingOf(ReadOnlySpan<byte> head) => head switch
    {
        [0xFF, 0xFE, 0, 0] => Encoding.UTF32,
        [0xFF, 0xFE, ..] or [not 0, 0, not 0, 0] => Encoding.Unicode,
        [0xFE, 0xFF, ..] or [0, not 0, 0, not 0] => Encoding.BigEndianUnicode,
        _ => null,
    };

    /// <summary>A stream whose first bytes were read already.</summary>
    private sealed class HeadedStream(ReadOnlyMemory<byte> head, Stream rest) : Stream
    {
        private ReadOnlyMemory<byte> left = head;

        public override bool CanRead => true;
        public override bool CanSeek => false;
        public override bool CanWrite => false;
        public override long Length => throw new NotSupportedException();
        public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            if (left.IsEmpty) return await rest.ReadAsync(buffer, cancellationToken);
            var count = Math.Min(left.Length, buffer.Length);
            left[..count].CopyTo(buffer);
            left = left[count..];
            return count;
        }

        public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
            ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

        public override int Read(byte[] buffer, int offset, int count) =>
            throw new NotSupportedException("Uploads are read asynchronously.");

        public override void Flush() => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
