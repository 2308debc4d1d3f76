using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization;
using CsvHelper;
using Microsoft.AspNetCore.Http;
using RealEstateOs.Platform.Serialization;

namespace RealEstateOs.Platform.Http.Lists;

/// <summary>A list as CSV, row by row from the database to the client.</summary>
public static class Csv
{
    // A spreadsheet takes a cell that starts with = for a formula; a text that does gets an apostrophe in front.
    private static readonly CsvWriterOptions Format = new() { Injection = CsvInjection.Escape };

    // Excel reads a file without it in the code page of the country.
    private static readonly byte[] Utf8Mark = [0xEF, 0xBB, 0xBF];

    internal static bool IsWanted(HttpRequest request) =>
        request.Headers.Accept.ToString().Contains("text/csv", StringComparison.OrdinalIgnoreCase);

    /// <summary>The file's name is the route's last word, unless one is given.</summary>
    public static ListResult<T> Stream<T>(IAsyncEnumerable<T> rows, string? fileName = null) => new(async http =>
    {
        var columns = ColumnsOf<T>(http.Request); // first: names that there are not are refused
        http.Response.ContentType = "text/csv; charset=utf-8";
        http.Response.Headers.ContentDisposition =
            $"attachment; filename=\"{fileName ?? http.Request.Path.Value!.Split('/')[^1] + ".csv"}\"";
        await http.Response.Body.WriteAsync(Utf8Mark, http.RequestAborted);
        await using var csv = CsvWriter.Create(http.Response.Body, Format, leaveOpen: true);
        await csv.WriteRecordAsync(Array.ConvertAll(columns, c => Json.SnakeCase(c.Name)), http.RequestAborted);
        await foreach (var row in rows.WithCancellation(http.RequestAborted))
        {
            foreach (var column in columns) WriteCell(csv, column.GetValue(row));
            await csv.EndRecordAsync(http.RequestAborted);
        }
        await csv.FlushAsync(http.RequestAborted);
    });

    private static PropertyInfo[] ColumnsOf<T>(HttpRequest request)
    {
        var all = typeof(T).GetProperties().Where(p => p.GetCustomAttribute<JsonIgnoreAttribute>() is null)
            .OrderBy(p => p.GetCustomAttribute<JsonPropertyOrderAttribute>()?.Order ?? 0).ToArray();
        if (SparseFields.Names(request) is not { } names) return all;
        var known = all.ToDictionary(p => p.GetCustomAttribute<JsonPropertyNameAttribute>()?.Name ?? Json.SnakeCase(p.Name));
        SparseFields.Require(names, known.Keys);
        return Array.ConvertAll(names, name => known[name]);
    }

    private static void WriteCell(CsvWriter csv, object? value)
    {
        if (value is null) csv.WriteField("");
        else if (value is string text) csv.WriteField(text);
        else if (value is decimal or int or long or double) csv.WriteField(value);
        else csv.WriteField(AsWord(JsonSerializer.SerializeToElement(value, value.GetType(), Json.Options)));
    }

    private static string AsWord(JsonElement json) => json.ValueKind == JsonValueKind.String ? json.GetString()! : json.GetRawText();
}
