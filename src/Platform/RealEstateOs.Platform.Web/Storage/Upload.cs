using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;
using RealEstateOs.Platform.Http;
using RealEstateOs.Platform.Problems;

namespace RealEstateOs.Platform.Storage;

/// <summary>A multipart request, read as it comes: its file goes straight to the store, its few fields are kept as text.</summary>
public sealed record Upload(StoredFile? File, string? FileName, IReadOnlyDictionary<string, string> Fields)
{
    private const int MaxFields = 100, MaxFieldLength = 64 * 1024;
    private const long FormOverhead = 1024 * 1024;

    public static bool IsMultipart(HttpRequest request) => Multipart.Is(request);

    /// <summary>
    /// Reads the request and stores the part named <c>file</c> (or the first part with a file name). If the request turns out to be wrong
    /// after its file was stored, the file is deleted again. <paramref name="reading"/> may turn the file's bytes into others on the way.
    /// </summary>
    public static async Task<Upload> ReadAsync(HttpContext http, Files files, long maxBytes, IReadOnlyCollection<FileKind>? allowed,
        CancellationToken ct,
        Func<Stream, CancellationToken, ValueTask<Stream>>? reading = null)
    {
        var request = http.Request;
        if (Multipart.BoundaryOf(request) is not { } boundary)
            throw Problem.UnsupportedMedia("Send the request as multipart/form-data, with a boundary of at most 70 characters.");
        // The count while storing is the limit; the server's own would cut the connection before the client has read why.
        if (http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit) limit.MaxRequestBodySize = null;
        if (request.ContentLength > maxBytes + FormOverhead) throw TooLarge(maxBytes);
        StoredFile? stored = null;
        try
        {
            string? fileName = null;
            var fields = new Dictionary<string, string>(StringComparer.Ordinal);
            var reader = new MultipartReader(boundary, request.Body) { HeadersCountLimit = 16, HeadersLengthLimit = 16 * 1024 };
            while (await reader.ReadNextSectionAsync(ct) is { } section)
            {
                if (!ContentDispositionHeaderValue.TryParse(section.ContentDisposition, out var disposition)) continue;
                if (disposition.FileName.HasValue || disposition.FileNameStar.HasValue)
                {
                    if (stored is not null) throw Problem.Invalid(FieldError.Format("file", "must be one file"));
                    fileName = NameOf(disposition);
                    stored = await files.SaveAsync(reading is null ? section.Body : await reading(section.Body, ct), fileName, maxBytes,
                        allowed, ct);
                }
                else if (disposition.Name.HasValue)
                {
                    if (fields.Count == MaxFields)
                        throw Problem.Malformed(string.Create(CultureInfo.InvariantCulture, $"A form may have {MaxFields} fields."));
                    fields[HeaderUtilities.RemoveQuotes(disposition.Name).ToString()] = await TextAsync(section.Body, ct);
                }
            }
            return new Upload(stored, fileName, fields);
        }
        catch (Exception exception)
        {
            if (stored is not null) await files.DeleteAsync(stored.Key, CancellationToken.None);
            if (exception is InvalidDataException || (exception is IOException and not BadHttpRequestException && !DiskFull.Is(exception)))
                throw Problem.Malformed("The multipart body is broken or ends too early.");
            throw;
        }
    }

    private static Problem TooLarge(long maxBytes) =>
        Problem.TooLarge(string.Create(CultureInfo.InvariantCulture, $"The file may have {maxBytes / (1024 * 1024d):0.##} MB."));

    // Only ever shown or put into a header by a signed link; a path in it means nothing to us.
    private static string NameOf(ContentDispositionHeaderValue disposition)
    {
        var name = HeaderUtilities.RemoveQuotes(disposition.FileNameStar.HasValue ? disposition.FileNameStar : disposition.FileName)
            .ToString();
        name = new string([.. name[(name.LastIndexOfAny(['/', '\\']) + 1)..].Where(c => !char.IsControl(c))]);
        return name.Length switch { 0 => "file", > 200 => name[(char.IsLowSurrogate(name[^200]) ? ^199 : ^200)..], _ => name };
    }

    private static async Task<string> TextAsync(Stream body, CancellationToken ct)
    {
        using var reader = new StreamReader(body);
        var buffer = new char[MaxFieldLength + 1];
        var length = await reader.ReadBlockAsync(buffer, ct);
        return length <= MaxFieldLength ? new string(buffer, 0, length)
            : throw Problem.TooLarge($"A form field may have {MaxFieldLength / 1024} KB.");
    }
}
