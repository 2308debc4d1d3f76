using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace RealEstateOs.ApiTests.Cma;

/// <summary>Reads a PDF's text and holds each number in it against those of a JSON document.</summary>
internal static partial class PrintedFigures
{
    public static async Task<string> TextOfAsync(byte[] pdf)
    {
        var start = new ProcessStartInfo("pdftotext", ["-layout", "-", "-"]) { RedirectStandardInput = true, RedirectStandardOutput = true, StandardOutputEncoding = System.Text.Encoding.UTF8 };
        using var process = Process.Start(start)!;
        var reading = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.StandardInput.BaseStream.WriteAsync(pdf, TestContext.Current.CancellationToken);
        process.StandardInput.Close();
        return await reading;
    }

    /// <summary>The numbers of the text that the document does not hold: as they are, as a percentage, in a date or in one of its texts. Counts, ranks and pages go up to <paramref name="rank"/>.</summary>
    public static List<string> NotIn(JsonElement document, string text, int rank)
    {
        var known = new HashSet<string>(Enumerable.Range(0, rank + 1).Select(i => i.ToString(CultureInfo.InvariantCulture)), StringComparer.Ordinal);
        Collect(document, known);
        return [.. Number().Matches(text).Select(m => Plain(m.Value)).Where(n => !known.Contains(n)).Distinct()];
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
        foreach (var places in decimals) known.Add(Math.Round(value, places, MidpointRounding.AwayFromZero).ToString("0.##", CultureInfo.InvariantCulture));
        foreach (var places in decimals) known.Add(Math.Round(value, places).ToString("0.##", CultureInfo.InvariantCulture));
    }

    // 2,235,000 and 05 as in JSON: no separators, no leading zeros.
    private static string Plain(string number) => decimal.Parse(number.Replace(",", "", StringComparison.Ordinal), CultureInfo.InvariantCulture).ToString("0.##", CultureInfo.InvariantCulture);

    [GeneratedRegex(@"\d[\d,]*\d(\.\d+)?|\d(\.\d+)?")]
    private static partial Regex Number();
}
