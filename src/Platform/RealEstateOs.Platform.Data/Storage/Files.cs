using System.Security.Cryptography;
using RealEstateOs.Platform.Persistence;
using RealEstateOs.Platform.Problems;
using RealEstateOs.Platform.Tenancy;

namespace RealEstateOs.Platform.Storage;

/// <summary>Takes in files of the current tenant, however large the stream, and hands them out again.</summary>
public sealed class Files(IFileStore store, Tenant tenant, TimeProvider clock)
{
    /// <summary>
    /// Stores a stream. It is read once, to a temporary file; one byte over <paramref name="maxBytes"/> is a 413, a kind that is
    /// not among <paramref name="allowed"/> (if any are named) a 415, whatever name and content type it came with.
    /// </summary>
    public async Task<StoredFile> SaveAsync(Stream content, string? fileName, long maxBytes, IReadOnlyCollection<FileKind>? allowed,
        CancellationToken ct)
    {
        var path = Path.GetTempFileName(); // readable by us alone
        try
        {
            long size;
            byte[] hash;
            FileKind kind;
            await using (var file = new FileStream(path, FileMode.Open, FileAccess.ReadWrite, FileShare.None, 64 * 1024,
                FileOptions.Asynchronous))
            {
                (size, hash) = await CopyAsync(content, file, maxBytes, ct);
                kind = await FileKind.SniffAsync(file, fileName, ct);
                if (FileKind.Images.Contains(kind)) await MustBeShowableAsync(file, kind, ct);
            }
            if (allowed is not null && !allowed.Contains(kind))
                throw Problem.UnsupportedMedia($"The file is not one of these: {string.Join(", ", allowed.Select(k => k.Name))}.");
            var key = FileKey.New(tenant.Required, kind.Ending, clock.GetUtcNow());
            await store.PutAsync(key, path, kind.ContentType, ct);
            return new StoredFile(key, size, kind.ContentType, Convert.ToHexStringLower(hash));
        }
        finally
        {
            File.Delete(path);
        }
    }

    /// <summary>Stores what this installation made itself (a report); its kind is known.</summary>
    public async Task<StoredFile> SaveOwnAsync(ReadOnlyMemory<byte> content, FileKind kind, CancellationToken ct)
    {
        var path = Path.GetTempFileName(); // readable by us alone
        try
        {
            await File.WriteAllBytesAsync(path, content, ct);
            var key = FileKey.New(tenant.Required, kind.Ending, clock.GetUtcNow());
            await store.PutAsync(key, path, kind.ContentType, ct);
            return new StoredFile(key, content.Length, kind.ContentType, Convert.ToHexStringLower(SHA256.HashData(content.Span)));
        }
        finally
        {
            File.Delete(path);
        }
    }

    /// <summary>Null where it is gone.</summary>
    public Task<Stream?> OpenAsync(FileKey key, CancellationToken ct) => store.OpenAsync(key, ct);

    public Task DeleteAsync(FileKey key, CancellationToken ct) => store.DeleteAsync(key, ct);

    /// <summary>Deletes once the transaction that forgets the file has committed.</summary>
    public void DeleteAfterCommit(UnitOfWork work, FileKey key) => work.AfterCommit(ct => store.DeleteAsync(key, ct));

    // Cameras write previews and colour profiles before the size of a JPEG.
    private static async Task MustBeShowableAsync(Stream picture, FileKind kind, CancellationToken ct)
    {
        var head = new byte[512 * 1024];
        picture.Position = 0;
        var length = await picture.ReadAtLeastAsync(head, head.Length, throwOnEndOfStream: false, ct);
        MustBeShowable(head.AsSpan(0, length), kind);
    }

    /// <summary>Refuses what claims to be larger than anything that shows it can hold.</summary>
    internal static void MustBeShowable(ReadOnlySpan<byte> picture, FileKind kind)
    {
        if (PictureSize.Read(picture, kind) is var (width, height)
            && (width < 0 || height < 0 || (long)width * height > PictureSize.MostPixels))
            throw Problem.Invalid(FieldError.Range("file", $"must have at most {PictureSize.MostPixels / 1_000_000} megapixels"));
    }

    private static async Task<(long Size, byte[] Hash)> CopyAsync(Stream from, Stream to, long maxBytes, CancellationToken ct)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var chunk = new byte[64 * 1024];
        long size = 0;
        int read;
        while ((read = await from.ReadAsync(chunk, ct)) > 0)
        {
            if ((size += read) > maxBytes) throw Problem.TooLarge($"The file may have {maxBytes / (1024 * 1024d):0.##} MB.");
            hash.AppendData(chunk, 0, read);
            await to.WriteAsync(chunk.AsMemory(0, read), ct);
        }
        if (size == 0) throw Problem.Invalid(FieldError.Missing("file") with { Message = "is empty" });
        await to.FlushAsync(ct);
        return (size, hash.GetHashAndReset());
    }
}

/// <summary>What to remember of a stored file.</summary>
public sealed record StoredFile(FileKey Key, long Size, string ContentType, string Sha256);
