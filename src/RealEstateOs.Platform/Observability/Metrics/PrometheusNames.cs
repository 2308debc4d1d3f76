using System.Globalization;
using System.Text;
using OpenTelemetry;

namespace RealEstateOs.Platform.Observability.Metrics;

/// <summary>From OpenTelemetry's names to those of Prometheus (text format 0.0.4).</summary>
internal static class PrometheusNames
{
    public static string Family(string name, string unit, bool counts)
    {
        var family = Identifier(name);
        var suffix = unit switch
        {
            "s" => "_seconds",
            "ms" => "_milliseconds",
            "By" => "_bytes",
            "%" => "_percent",
            _ => "",
        };
        if (counts && family.EndsWith("_total", StringComparison.Ordinal)) family = family[..^"_total".Length];
        if (!family.EndsWith(suffix, StringComparison.Ordinal)) family += suffix;
        return counts ? family + "_total" : family;
    }

    public static string Labels(ReadOnlyTagCollection tags)
    {
        var labels = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var (key, value) in tags)
        {
            var name = Identifier(key);
            if (name is "le") name = "le_";
            var text = Convert.ToString(value, CultureInfo.InvariantCulture) ?? "";
            labels[name] = labels.TryGetValue(name, out var other) ? $"{other};{text}" : text;
        }
        return string.Join(',', labels.Select(label => $"{label.Key}=\"{EscapeLabel(label.Value)}\""));
    }

    public static string EscapeHelp(string text) =>
        text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal);

    public static string Number(double number) =>
        double.IsNaN(number) ? "NaN"
        : double.IsPositiveInfinity(number) ? "+Inf"
        : double.IsNegativeInfinity(number) ? "-Inf"
        : number.ToString("R", CultureInfo.InvariantCulture);

    private static string EscapeLabel(string text) => EscapeHelp(text).Replace("\"", "\\\"", StringComparison.Ordinal);

    // Names with a leading __ are Prometheus's own.
    private static string Identifier(string name)
    {
        var identifier = new StringBuilder(name.Length + 1);
        foreach (var c in name)
        {
            var valid = char.IsAsciiLetterOrDigit(c) ? c : '_';
            if (valid == '_' && (identifier.Length == 0 || identifier[^1] == '_')) continue;
            identifier.Append(valid);
        }
        if (identifier.Length == 0 || char.IsAsciiDigit(identifier[0])) identifier.Insert(0, "n_");
        return identifier.ToString();
    }
}
