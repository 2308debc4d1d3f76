using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using RealEstateOs.Contracts.Measures;
using RealEstateOs.Platform.Imports;
using RealEstateOs.Platform.Serialization;

namespace RealEstateOs.Imports.Reading;

/// <summary>
/// Says a cell in the API's dialect of JSON: "1,200" is a number, "Single Family" the word single_family. What can't be understood goes
/// through as text, and the API's own rules refuse it. Amounts and areas are read by <see cref="RowMeasures"/>.
/// </summary>
internal static partial class CellText
{
    private static readonly string[] Dates =
    [
        "yyyy-MM-dd", "yyyy/MM/dd", "yyyy.MM.dd", "yyyyMMdd", "yyyy-M-d", "yyyy/M/d", "d MMM yyyy", "d MMMM yyyy", "d-MMM-yyyy",
        "d/MMM/yyyy", "d-MMMM-yyyy", "d-MMM-yy", "d MMM yy", "d/MMM/yy", "MMM-d-yyyy", "d MMM yyyy HH:mm", "d-MMM-yyyy HH:mm",
        "MMM d, yyyy", "MMMM d, yyyy",
        "yyyyMMdd'T'HHmmss", "yyyy-MM-dd'T'HH:mm:ss", "yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK", "yyyy-MM-dd HH:mm:ss",
        "yyyy-MM-dd HH:mm:ss.FFFFFFF", "yyyy-MM-dd HH:mm",
    ];

    private static readonly string[] DayFirst = ["d/M/yyyy", "d-M-yyyy", "d.M.yyyy", "d/M/yyyy HH:mm:ss", "d-M-yyyy HH:mm:ss",
        "d/M/yyyy HH:mm"];
    private static readonly string[] MonthFirst = ["M/d/yyyy", "M-d-yyyy", "M/d/yyyy HH:mm:ss", "M/d/yyyy h:mm:ss tt", "M/d/yyyy HH:mm"];

    public static void Write(Utf8JsonWriter json, ImportMember member, SourceCell cell, DateOrder order)
    {
        json.WritePropertyName(member.Name);
        if (cell.Json is { } value && value.ValueKind != JsonValueKind.String)
        {
            // Codes that are digits (a zip, an id) come as numbers in some files.
            if (value.ValueKind == JsonValueKind.Number && member.Kind is CellKind.Text) json.WriteStringValue(value.GetRawText());
            else value.WriteTo(json);
            return;
        }
        var text = (cell.Text ?? cell.Json!.Value.GetString()!).Trim();
        if (text.Contains('\0') || !WriteKnown(json, member.Kind, text, order)) json.WriteStringValue(text);
    }

    /// <summary>A cell that no member takes, for the metadata: a number where the text is one, written as numbers are.</summary>
    public static void WriteFree(Utf8JsonWriter json, SourceCell cell)
    {
        if (cell.Json is { } value) value.WriteTo(json);
        else if (PlainNumber().IsMatch(cell.Text!) && cell.Text!.Length <= 15) json.WriteRawValue(cell.Text);
        else json.WriteStringValue(cell.Text);
    }

    /// <summary>The object that a cell holds, as JSON or as text.</summary>
    public static JsonElement? AsObject(SourceCell cell)
    {
        if (cell.Json is { ValueKind: JsonValueKind.Object } json) return json;
        try
        {
            return cell.Text is { } text && text.StartsWith('{') ? JsonElement.Parse(text) : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static bool WriteKnown(Utf8JsonWriter json, CellKind kind, string text, DateOrder order)
    {
        switch (kind)
        {
            case CellKind.Number when NumberText.TryRead(text, out var number):
                json.WriteNumberValue(number / 1.0000000000000000000000000000m); return true;
            case CellKind.Date when Json.TryReadDay(text, out var day):
                json.WriteStringValue(day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)); return true;
            case CellKind.Date when TryDate(text, order, out var date):
                json.WriteStringValue(date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)); return true;
            case CellKind.Time when TryDate(text, order, out var time): json.WriteStringValue(DateTime.SpecifyKind(time, DateTimeKind.Utc));
            return true;
            case CellKind.Flag when text.ToUpperInvariant() is "TRUE" or "YES" or "Y" or "1": json.WriteBooleanValue(true); return true;
            case CellKind.Flag when text.ToUpperInvariant() is "FALSE" or "NO" or "N" or "0": json.WriteBooleanValue(false); return true;
            case CellKind.Word: json.WriteStringValue(WordBreaks().Replace(text.ToLowerInvariant(), "_")); return true;
            case CellKind.List: WriteList(json, text); return true;
            case CellKind.Object: return WriteObject(json, text);
            default: return false;
        }
    }

    /// <summary>A date in a form that can be meant in one way only, unless the request said which part comes first.</summary>
    internal static bool TryDate(string text, DateOrder order, out DateTime date)
    {
        const DateTimeStyles utc = DateTimeStyles.AllowWhiteSpaces | DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal;
        var invariant = CultureInfo.InvariantCulture;
        if (DateTime.TryParseExact(text, Dates, invariant, utc, out date)) return true;
        var dayFirst = DateTime.TryParseExact(text, DayFirst, invariant, utc, out var european);
        var monthFirst = DateTime.TryParseExact(text, MonthFirst, invariant, utc, out var american);
        var takesEuropean = dayFirst
            && (order == DateOrder.DayFirst || (order == DateOrder.Unsaid && (!monthFirst || european == american)));
        date = takesEuropean ? european : american;
        return takesEuropean || (monthFirst && (order == DateOrder.MonthFirst || (order == DateOrder.Unsaid && !dayFirst)));
    }

    private static void WriteList(Utf8JsonWriter json, string text)
    {
        if (text.StartsWith('[') && WriteObject(json, text)) return;
        var separator = text.Contains('|') ? '|' : text.Contains(';') ? ';' : ',';
        json.WriteStartArray();
        foreach (var item in text.Split(separator, StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
            json.WriteStringValue(item);
        json.WriteEndArray();
    }

    private static bool WriteObject(Utf8JsonWriter json, string text)
    {
        try
        {
            using var document = JsonDocument.Parse(text);
            document.WriteTo(json);
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    [GeneratedRegex(@"^(0|-?[1-9]\d*|-?\d\.\d*[1-9]|-?[1-9]\d*\.\d*[1-9])$")]
    private static partial Regex PlainNumber();

    [GeneratedRegex(@"[\s\-/]+")]
    private static partial Regex WordBreaks();
}

/// <summary>Which part of 03/04/2026 is the day.</summary>
internal enum DateOrder { Unsaid, DayFirst, MonthFirst }
