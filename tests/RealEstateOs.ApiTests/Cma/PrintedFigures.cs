using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using RealEstateOs.Cma.Reports;
using RealEstateOs.Platform.Serialization;

namespace RealEstateOs.ApiTests.Cma;

/// <summary>Reads a PDF's text and holds each number in it against those of a JSON document.</summary>
internal static partial class PrintedFigures
{
    public static async Task<string> TextOfAsync(byte[] pdf)
    {
        var start = new ProcessStartInfo("pdftotext", ["-layout", "-", "-"]) { RedirectStandardInput = true, RedirectStandardOutput = true,
            StandardOutputEncoding = System.Text.Encoding.UTF8 };
        using var process = Process.Start(start)!;
        var reading = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.StandardInput.BaseStream.WriteAsync(pdf, TestContext.Current.CancellationToken);
        process.StandardInput.Close();
        return await reading;
    }

    /// <summary>
    /// The numbers of the text that the document does not hold: as they are, as a percentage, in a date or in one of its texts. Counts,
    /// ranks and pages go up to <paramref name="rank"/>.
    /// </summary>
    public static List<string> NotIn(JsonElement document, string text, int rank)
    {
        var known = new HashSet<string>(Enumerable.Range(0, rank + 1).Select(i => i.ToString(CultureInfo.InvariantCulture)),
            StringComparer.Ordinal);
        Collect(document, known);
        return [.. Number().Matches(text).Select(m => Plain(m.Value)).Where(n => !known.Contains(n)).Distinct()];
    }

    /// <summary>The numbers a reader sees on a document's page, in their order.</summary>
    public static List<string> OfPage(JsonElement document)
    {
        var page = ReportPage.Of(document.Deserialize<ReportDocument>(Json.Options)!, ReportPictures.None);
        var text = WebUtility.HtmlDecode(Markup().Replace(page[page.IndexOf("<body>", StringComparison.Ordinal)..], "\n"));
        return [.. Number().Matches(text).Select(m => Plain(m.Value))];
    }

    /// <summary>The numbers in a document's sentences and names; dates are none.</summary>
    public static HashSet<string> InSentences(JsonElement document) =>
        Texts(document).Where(t => !Date().IsMatch(t)).SelectMany(t => Number().Matches(t).Select(m => Plain(m.Value)))
            .ToHashSet(StringComparer.Ordinal);

    /// <summary>Names of people and offices are random in tests and full of digits.</summary>
    public static JsonElement WithoutBrand(JsonElement document)
    {
        var node = JsonNode.Parse(document.GetRawText())!;
        node["brand"] = JsonSerializer.SerializeToNode(new { organization = "Harbour Realty" });
        return JsonSerializer.SerializeToElement(node);
    }

    /// <summary>The same document with every number and date another one; sentences stay.</summary>
    public static JsonElement Changed(JsonElement document)
    {
        var node = JsonNode.Parse(document.GetRawText())!;
        Change(node);
        return JsonSerializer.SerializeToElement(node);
    }

    private static IEnumerable<string> Texts(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => element.EnumerateObject().SelectMany(m => Texts(m.Value)),
        JsonValueKind.Array => element.EnumerateArray().SelectMany(Texts),
        JsonValueKind.String => [element.GetString()!],
        _ => [],
    };

    private static void Change(JsonNode node)
    {
        switch (node)
        {
            case JsonObject members:
                foreach (var (name, value) in members.ToList())
                    if (value is JsonValue number && number.GetValueKind() == JsonValueKind.Number) members[name] = Other(number);
                    else if (value is JsonValue text && text.GetValueKind() == JsonValueKind.String
                        && Date().IsMatch(text.GetValue<string>())) members[name] = Later(text.GetValue<string>());
                    else if (value is not null) Change(value);
                break;
            case JsonArray items:
                foreach (var item in items)
                    if (item is not null) Change(item);
                break;
        }
    }

    private static string Later(string date) => date.Length == 7
        ? DateOnly.Parse(date + "-01", CultureInfo.InvariantCulture).AddMonths(14).ToString("yyyy-MM", CultureInfo.InvariantCulture)
        : DateOnly.Parse(date, CultureInfo.InvariantCulture).AddDays(400).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    // Whole numbers stay whole; signs stay, nothing stays nothing, and shares stay shares.
    private static JsonValue Other(JsonValue number)
    {
        var value = number.GetValue<decimal>();
        if (value == 0) return JsonValue.Create(0);
        return value == Math.Truncate(value) && Math.Abs(value) < 1000 ? JsonValue.Create((long)value + 37)
            : JsonValue.Create(Math.Round(value * 1.0731m + Math.Sign(value) * 0.0127m, 4));
    }

    private static void Collect(JsonElement json, HashSet<string> known)
    {
        switch (json.ValueKind)
        {
            case JsonValueKind.Object:
                foreach (var member in json.EnumerateObject()) Collect(member.Value, known);
                break;
            case JsonValueKind.Array:
                foreach (var item in json.EnumerateArray()) Collect(item, known);
                break;
            case JsonValueKind.Number:
                var value = Math.Abs(json.GetDecimal());
                Add(known, value, 0, 1, 2);
                if (value <= 3) Add(known, value * 100, 0, 1);
                break;
            case JsonValueKind.String:
                foreach (Match number in Number().Matches(json.GetString()!)) known.Add(Plain(number.Value));
                break;
        }
    }

    private static void Add(HashSet<string> known, decimal value, params ReadOnlySpan<int> decimals)
    {
        foreach (var places in decimals)
            known.Add(Math.Round(value, places, MidpointRounding.AwayFromZero).ToString("0.##", CultureInfo.InvariantCulture));
        foreach (var places in decimals) known.Add(Math.Round(value, places).ToString("0.##", CultureInfo.InvariantCulture));
    }

    // 2,235,000 and 05 as in JSON: no separators, no leading zeros.
    private static string Plain(string number) => decimal.Parse(number.Replace(",", "", StringComparison.Ordinal),
        CultureInfo.InvariantCulture).ToString("0.##", CultureInfo.InvariantCulture);

    [GeneratedRegex(@"^\d{4}-\d\d(-\d\d)?$")]
    private static partial Regex Date();

    [GeneratedRegex("<[^>]*>")]
    private static partial Regex Markup();

    [GeneratedRegex(@"\d[\d,]*\d(\.\d+)?|\d(\.\d+)?")]
    private static partial Regex Number();
}
