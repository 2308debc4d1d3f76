using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using FluentValidation;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using RealEstateOs.Platform.Http;
using RealEstateOs.Platform.Imports;
using RealEstateOs.Platform.Pictures;
using RealEstateOs.Platform.Problems;
using RealEstateOs.Platform.Storage;

namespace RealEstateOs.Properties.Media;

/// <summary>Reads an image's request in either form, by the same rules.</summary>
internal static class ImageRequests
{
    public static async Task<(AddImageRequest Request, StoredFile? File)> ReadAsync(HttpContext http, Files files, long maxBytes,
        CancellationToken ct)
    {
        if (!Upload.IsMultipart(http.Request))
        {
            var body = await BodyReader.ReadAsync<AddImageRequest>(http);
            return body.Url is null ? throw Problem.Invalid(FieldError.Missing("url")) : (body, null);
        }
        var upload = await Upload.ReadAsync(http, files, maxBytes, FileKind.Images, ct, Photographs.Cleaned(maxBytes));
        var (request, errors) = RowReader.Read(Json(upload.Fields), http.RequestServices.GetRequiredService<IValidator<AddImageRequest>>());
        if (upload.File is null && request.Url is null) errors.Add(FieldError.Missing("file"));
        if (errors.Count == 0) return (request, upload.File);
        if (upload.File is not null) await files.DeleteAsync(upload.File.Key, CancellationToken.None);
        throw Problem.Invalid(errors);
    }

    // A form has texts only; blank ones say nothing.
    private static JsonElement Json(IReadOnlyDictionary<string, string> fields)
    {
        var json = new JsonObject();
        foreach (var (name, text) in fields)
        {
            if (text.Length == 0) continue;
            json[name] = name switch
            {
                "order" when int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var order) => order,
                "is_primary" when text.ToLowerInvariant() is "true" or "1" or "on" => true,
                "is_primary" when text.ToLowerInvariant() is "false" or "0" or "off" => false,
                _ => text,
            };
        }
        return JsonSerializer.SerializeToElement(json);
    }
}
