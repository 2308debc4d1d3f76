using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Unicode;

namespace RealEstateOs.Platform.Rendering;

/// <summary>
/// Markup that is safe to write: <c>Html.Of($"&lt;b&gt;{name}&lt;/b&gt;")</c> encodes every hole that is not markup itself, so that
/// forgetting to encode is not possible. Numbers are written in the invariant culture.
/// </summary>
public readonly struct Html
{
    // Arabic stays readable; what means something in markup is always encoded.
    private static readonly HtmlEncoder Encoder = HtmlEncoder.Create(UnicodeRanges.All);

    private readonly string? markup;

    private Html(string markup) => this.markup = markup;

    public static Html Empty => default;

    public static Html Of(ref Writer writer) => new(writer.Finish());

    public static Html Text(string? text) => new(Encoder.Encode(text ?? ""));

    /// <summary>Markup of our own, such as a style sheet: never anything that came from outside.</summary>
    public static Html Trusted(string markup) => new(markup);

    public static Html Join(IEnumerable<Html> parts) => new(string.Concat(parts.Select(p => p.markup)));

    public override string ToString() => markup ?? "";

    /// <summary>Collects an interpolated text; called by the compiler.</summary>
    [InterpolatedStringHandler]
    public readonly ref struct Writer
    {
        private readonly StringBuilder text;

        public Writer(int literalLength, int formattedCount) => text = new StringBuilder(literalLength + formattedCount * 24);

        public void AppendLiteral(string literal) => text.Append(literal);

        public void AppendFormatted(Html html) => text.Append(html.markup);

        public void AppendFormatted(IEnumerable<Html> parts)
        {
            foreach (var part in parts) text.Append(part.markup);
        }

        public void AppendFormatted(string? value) => text.Append(Encoder.Encode(value ?? ""));

        public void AppendFormatted<T>(T value, string? format = null) where T : struct, IFormattable =>
            text.Append(Encoder.Encode(value.ToString(format, CultureInfo.InvariantCulture)));

        internal string Finish() => text.ToString();
    }
}
