using System.Buffers;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace RealEstateOs.Platform.Http;

/// <summary>
/// What makes two requests the same: method, address and every byte of the body. A JSON body is in memory already; an upload is
/// put on disk first, so that a slow client holds no database connection.
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
        var chunk = ArrayPool<byte>.Shared.Rent(InMemory);
        try
        {
            int read;
            while ((read = await request.Body.ReadAsync(chunk, ct)) > 0) hash.AppendData(chunk, 0, read);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(chunk);
        }
        request.Body.Position = 0;
    }
}
