using System.Buffers;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using RealEstateOs.Platform.Problems;

namespace RealEstateOs.Platform.Http;

/// <summary>
/// What makes two requests the same: method, address and every byte of the body, but the boundary between the parts of an upload, which
/// clients draw anew for a repeat. A JSON body is in memory already; an upload is put on disk first, so that a slow client holds no
/// database connection.
/// </summary>
internal static class RequestFingerprint
{
    private const int InMemory = 64 * 1024;

    public static async Task<byte[]> TakeAsync(HttpRequest request, CancellationToken ct)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.UTF8.GetBytes($"{request.Method} {request.Path}{request.QueryString}\n"));
        if (request.Body is MemoryStream body) hash.AppendData(body.ToArray());
        else if (request.ContentType is not null) await SpoolAsync(request, hash, ct);
        return hash.GetHashAndReset();
    }

    private static async Task SpoolAsync(HttpRequest request, IncrementalHash hash, CancellationToken ct)
    {
        request.EnableBuffering(InMemory);
        // Without a key nobody compares: the bytes do.
        if (!request.Headers.ContainsKey("Idempotency-Key") || Multipart.BoundaryOf(request) is not { } boundary
            || !await TryPartsAsync(request.Body, boundary, hash, ct)) await BytesAsync(request.Body, hash, ct);
        request.Body.Position = 0;
    }

    /// <summary>False, with the body at its beginning, where it does not consist of parts: the handler will say so.</summary>
    private static async Task<bool> TryPartsAsync(Stream body, string boundary, IncrementalHash hash, CancellationToken ct)
    {
        await body.DrainAsync(ct);
        body.Position = 0;
        try
        {
            var parts = new MultipartReader(boundary, body);
            while (await parts.ReadNextSectionAsync(ct) is { } part)
            {
                foreach (var (name, value) in part.Headers ?? []) hash.AppendData(Encoding.UTF8.GetBytes($"{name}: {value}\n"));
                using var content = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
                await BytesAsync(part.Body, content, ct);
                hash.AppendData(content.GetHashAndReset());
            }
            return true;
        }
        catch (Exception broken) when (broken is InvalidDataException || (broken is IOException && !DiskFull.Is(broken)))
        {
            body.Position = 0;
            return false;
        }
    }

    private static async Task BytesAsync(Stream from, IncrementalHash hash, CancellationToken ct)
    {
        var chunk = ArrayPool<byte>.Shared.Rent(InMemory);
        try
        {
            int read;
            while ((read = await from.ReadAsync(chunk, ct)) > 0) hash.AppendData(chunk, 0, read);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(chunk);
        }
    }
}
