using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Net.Http.Headers;
using RealEstateOs.Platform.Problems;

namespace RealEstateOs.Platform.Storage;

internal static class DownloadFile
{
    /// <summary>A file by its signed link; ranges are served, an expired link is a 410.</summary>
    /// <param name="token">The signed part of a link that an answer gave.</param>
    public static async Task<Results<FileStreamHttpResult, NotFound>> Handle(string token, FileLinks links, IFileStore store,
        TimeProvider clock, HttpContext http, CancellationToken ct)
    {
        if (links.Read(token) is not { } ticket || !FileKey.TryParse(ticket.Key, out var key)) return TypedResults.NotFound();
        var now = clock.GetUtcNow();
        if (ticket.IsExpired(now))
            throw new Problem(410, ErrorCodes.NotFound, "ResourceNotFoundError", "This link has expired. Ask for a new one.");
        if (await store.OpenAsync(key, ct) is not { } content) return TypedResults.NotFound();
        var headers = http.Response.Headers;
        headers.XContentTypeOptions = "nosniff";
        headers.ContentSecurityPolicy = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; sandbox";
        headers.CacheControl = ticket.Until == FileTicket.Never ? "public, max-age=31536000, immutable"
            : $"private, max-age={ticket.Until - now.ToUnixTimeSeconds()}, immutable";
        headers["Cross-Origin-Resource-Policy"] = "cross-origin";
        var disposition = new ContentDispositionHeaderValue(FileKind.IsShown(ticket.ContentType) ? "inline" : "attachment");
        disposition.SetHttpFileName(ticket.FileName);
        headers.ContentDisposition = disposition.ToString();
        return TypedResults.Stream(content, ticket.ContentType, enableRangeProcessing: true);
    }
}
