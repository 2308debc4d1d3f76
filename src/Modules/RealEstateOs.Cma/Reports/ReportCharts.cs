using System.Globalization;
using RealEstateOs.Platform.Rendering;

namespace RealEstateOs.Cma.Reports;

/// <summary>Vector charts, drawn by hand: labels carry figures of the document only, never an invented axis.</summary>
internal static class ReportCharts
{
    private const string Ink = "#12304a", Accent = "#0f766e", Soft = "#cfe5e2", Warm = "#c2872b", Line = "#d5dbe1", Quiet = "#576474";

    // White around the letters, where a line or another mark may run through them.
    private static readonly Html Halo = Html.Trusted(
        " paint-order=\"stroke\" stroke=\"#fff\" stroke-width=\"3\" stroke-linejoin=\"round\"");

    /// <summary>The range as a band, the estimate as a mark.</summary>
    public static Html Range(decimal low, decimal value, decimal high, Func<decimal, string> label, bool rightToLeft)
    {
        const double width = 640, left = 70, right = 570;
        double X(decimal v) => At(left + (right - left) * (high == low ? 0.5 : (double)((v - low) / (high - low))));
        double At(double x) => rightToLeft ? width - x : x;
        return Svg(width, 92, Html.Of($"""
            <rect x="{F(left)}" y="36" width="{F(right - left)}" height="16" rx="8" fill="{Soft}"/>
            <rect x="{F(X(value) - 3)}" y="28" width="6" height="32" rx="3" fill="{Accent}"/>
            {Label(X(value), 18, label(value), "middle", 15, Ink, true)}
            {Label(At(left), 76, label(low), "middle", 12, Quiet)}
            {Label(At(right), 76, label(high), "middle", 12, Quiet)}
            """));
    }

    /// <summary>Steps from a beginning to the estimate, one below the other: each begins where the one before ended.</summary>
    public static Html Steps(IReadOnlyList<(string Name, decimal Amount)> steps, string end, Func<decimal, string> label, bool rightToLeft)
    {
        const double width = 640, left = 250, right = 550, row = 44;
        double At(double x, double wide = 0) => rightToLeft ? width - x - wide : x;
        var (start, last) = rightToLeft ? ("end", "start") : ("start", "end");
        var totals = new List<(decimal From, decimal To)>();
        decimal at = 0;
        foreach (var (_, amount) in steps) totals.Add((at, at += amount));
        totals.Add((0, at));
        var most = totals.Max(t => Math.Max(t.From, t.To));
        double Length(decimal amount) => (right - left) * (double)(Math.Max(0, amount) / Math.Max(1, most));
        return Svg(width, row * totals.Count + 2, Html.Join(totals.Select((t, i) =>
        {
            var (whole, y) = (i == 0 || i == steps.Count, row * i);
            var (from, wide) = (Length(Math.Min(t.From, t.To)), Math.Max(1.5, Length(Math.Abs(t.To - t.From))));
            var text = whole ? label(t.To) : (t.To >= t.From ? "+" : "−") + label(Math.Abs(t.To - t.From));
            return Html.Of($"""
                <rect x="{F(At(left + from, wide))}" y="{F(y + 11)}" width="{F(wide)}" height="{F(row - 22)}" rx="2" fill="{(whole ? Ink
                    : t.To >= t.From ? Accent : Warm)}"/>
                {Wrapped(At(0), y + row / 2 + 3.5, whole && i > 0 ? end : steps[i].Name, 42, start)}
                {Label(At(width), y + row / 2 + 4, text, last, 11, Ink, true)}
                """);
        })));
    }

    /// <summary>
    /// One row a comparable: its price as a dot on a scale that holds the likely range as a band, and the figure in a column of its own.
    /// </summary>
    public static Html Dots(IReadOnlyList<decimal> values, Func<decimal, string> label, (decimal Low, decimal Value, decimal High) band,
        bool rightToLeft)
    {
        const double width = 640, left = 34, right = 540, top = 24;
        double At(double x) => rightToLeft ? width - x : x;
        var (least, most) = (Math.Min(values.Min(), band.Low), Math.Max(values.Max(), band.High));
        double X(decimal v) => At(left + (right - left) * (most == least ? 0.5 : (double)((v - least) / (most - least))));
        static string Anchor(double x) => x < 60 ? "start" : x > 580 ? "end" : "middle";
        var row = values.Count > 12 ? 13.0 : values.Count > 8 ? 17.0 : 25.0;
        var bottom = top + row * values.Count + 4;
        var (from, to) = (Math.Min(X(band.Low), X(band.High)), Math.Max(X(band.Low), X(band.High)));
        var rows = values.Select((v, i) =>
        {
            var y = top + row * (i + 0.5);
            return Html.Of($"""
                <line x1="{F(At(left))}" y1="{F(y)}" x2="{F(At(right))}" y2="{F(y)}" stroke="{Line}"/>
                <circle cx="{F(X(v))}" cy="{F(y)}" r="5" fill="{(v >= band.Low && v <= band.High ? Accent : Ink)}"/>
                {Label(At(12), y + 4, (i + 1).ToString(CultureInfo.InvariantCulture), "middle", 10.5, Quiet)}
                {Label(At(width), y + 4, label(v), rightToLeft ? "start" : "end", 10.5, Ink, true)}
                """);
        });
        return Svg(width, bottom + 18, Html.Of($"""
            <rect x="{F(from)}" y="{F(top - 4)}" width="{F(to - from)}" height="{F(bottom - top + 4)}" rx="3" fill="{Soft}" opacity=".65"/>
            {rows}
            <line x1="{F(X(band.Value))}" y1="{F(top - 4)}" x2="{F(X(band.Value))}" y2="{F(bottom)}" stroke="{Accent}" stroke-width="2"
            stroke-dasharray="5 4"/>
            {Label(X(band.Value), 13, label(band.Value), "middle", 11, Accent, true)}
            {Label(X(band.Low), bottom + 13, label(band.Low), Anchor(X(band.Low)), 9.5, Quiet)}
            {Label(X(band.High), bottom + 13, label(band.High), Anchor(X(band.High)), 9.5, Quiet)}
            """));
    }

    /// <summary>Bars by month without a band.</summary>
    public static Html Months(IReadOnlyList<(string Month, int Count)> months, bool rightToLeft)
    {
        const double width = 640, top = 16, bottom = 76;
        double At(double x, double wide = 0) => rightToLeft ? width - x - wide : x;
        var most = Math.Max(1, months.Max(m => m.Count));
        var (slot, every) = (width / months.Count, months.Count > 16 ? 3 : months.Count > 8 ? 2 : 1);
        return Svg(width, 96, Html.Join(months.Select((m, i) =>
        {
            var y = bottom - (bottom - top) * m.Count / most;
            return Html.Of($"""
                <rect x="{F(At(i * slot + slot * 0.2, slot * 0.6))}" y="{F(y)}" width="{F(slot * 0.6)}" height="{F(bottom - y)}" rx="2"
                fill="{Accent}" opacity=".8"/>
                {Label(At((i + 0.5) * slot), y - 4, m.Count.ToString(CultureInfo.InvariantCulture), "middle", 9.5, Ink)}
                {(i % every == 0 ? Label(At((i + 0.5) * slot), bottom + 14, m.Month, "middle", 8.5, Quiet) : Html.Empty)}
                """);
        })));
    }

    /// <summary>The price by month and the forecast behind it, with its interval.</summary>
    public static Html Trend(IReadOnlyList<(string Month, decimal? Value)> known,
        IReadOnlyList<(string Month, decimal Value, decimal Low, decimal High)> ahead, Func<decimal, string> label, bool rightToLeft)
    {
        const double width = 640, top = 26, bottom = 150, left = 62, right = 590;
        var all = known.Where(k => k.Value is not null).Select(k => k.Value!.Value)
            .Concat(ahead.SelectMany(a => new[] { a.Low, a.High })).ToArray();
        if (all.Length < 2) return Html.Empty;
        var (least, most) = (all.Min() * 0.97m, all.Max() * 1.02m);
        var count = known.Count + ahead.Count;
        double X(int i) => rightToLeft ? width - left - (right - left) * i / Math.Max(1, count - 1)
            : left + (right - left) * i / Math.Max(1, count - 1);
        double Y(decimal v) => bottom - (bottom - top) * (double)((v - least) / Math.Max(1, most - least));
        string Points(IEnumerable<(int Index, decimal Value)> points) =>
        string.Join(' ', points.Select(p => $"{F(X(p.Index))},{F(Y(p.Value))}"));
        var line = known.Select((k, i) => (Index: i, k.Value)).Where(k => k.Value is not null)
            .Select(k => (k.Index, k.Value!.Value)).ToArray();
        var (last, values) = (line[^1], line.Select(p => p.Item2).ToArray());
        var scale = new[] { values.Min(), values.Max() }.Distinct().Select(v => Html.Of($"""
            <line x1="0" y1="{F(Y(v))}" x2="{F(width)}" y2="{F(Y(v))}" stroke="{Line}" stroke-dasharray="2 4"/>
            {Label(rightToLeft ? width : 0, Y(v) - 4, label(v), rightToLeft ? "end" : "start", 9.5, Quiet, halo: true)}
            """));
        var tail = ahead.Select((a, i) => (Index: known.Count + i, a.Value)).Prepend(last);
        var highs = ahead.Select((a, i) => (known.Count + i, a.High));
        var lows = ahead.Select((a, i) => (known.Count + i, a.Low));
        var (beside, start) = rightToLeft ? (-5, "end") : (5, "start");
        var fan = ahead.Count == 0 ? Html.Empty : Html.Of($"""
            <polygon points="{Points([last, .. highs, .. lows.Reverse()])}" fill="{Warm}" opacity=".22"/>
            <polyline points="{Points(tail)}" fill="none" stroke="{Warm}" stroke-width="2.5" stroke-dasharray="6 4"/>
            {Label(X(count - 1) + beside, Y(ahead[^1].Value) + 4, label(ahead[^1].Value), start, 11, Warm, true, halo: true)}
            """);
        var months = known.Select(k => k.Month).Concat(ahead.Select(a => a.Month))
            .Select((m, i) => i % (count > 16 ? 3 : 2) == 0 ? Label(X(i), bottom + 16, m, "middle", 8.5, Quiet) : Html.Empty);
        return Svg(width, 174, Html.Of($"""
            <line x1="0" y1="{F(bottom)}" x2="{F(width)}" y2="{F(bottom)}" stroke="{Line}"/>{scale}{fan}
            <polyline points="{Points(line)}" fill="none" stroke="{Ink}" stroke-width="2.5" stroke-linejoin="round"/>
            {line.Select(p => Html.Of($"""<circle cx="{F(X(p.Item1))}" cy="{F(Y(p.Item2))}" r="3" fill="{Ink}"/>"""))}
            {Label(X(last.Item1), Y(last.Item2) - 9, label(last.Item2), "middle", 11, Ink, true, halo: true)}{months}
            """));
    }

    /// <summary>Places by their coordinates: north is up.</summary>
    public static Html Map(IReadOnlyList<(string Label, double Latitude, double Longitude)> places,
        (double Latitude, double Longitude)? subject, double ring)
    {
        const double width = 640, height = 320;
        var all = places.Select(p => (p.Latitude, p.Longitude)).ToList();
        var (lat, lon) = subject ?? (all.Average(p => p.Latitude), all.Average(p => p.Longitude));
        var scaleX = 111.32 * Math.Cos(lat * Math.PI / 180);
        (double X, double Y) Km(double latitude, double longitude) => ((longitude - lon) * scaleX, (latitude - lat) * 110.57);
        var reach = Math.Max(0.4,
            all.Max(p => Math.Max(Math.Abs(Km(p.Latitude, p.Longitude).X) / 1.9, Math.Abs(Km(p.Latitude, p.Longitude).Y)))) * 1.15;
        var unit = height / 2 / reach;
        IEnumerable<Html> Rings()
        {
            for (var i = 1; i <= 12 && i * ring <= reach * 2.2; i++)
                yield return Html.Of($"""
                    <circle cx="{F(width / 2)}" cy="{F(height / 2)}" r="{F(i * ring * unit)}" fill="none" stroke="#aab8c4"
                    stroke-dasharray="3 4"/>
                    """);
        }
        // Sales of one tower share its coordinates: they are one mark with all their numbers.
        var spots = places.GroupBy(p => (Math.Round(p.Latitude, 5), Math.Round(p.Longitude, 5))).Select(g =>
        {
            var (x, y) = Km(g.First().Latitude, g.First().Longitude);
            return (X: width / 2 + x * unit, Y: height / 2 - y * unit, Text: string.Join(", ", g.Select(p => p.Label)));
        }).ToList();
        var marks = spots.Select(s =>
        {
            // The number stands above its mark, or below where another mark is in the way.
            var taken = spots.Any(o => o != s && Math.Abs(o.X - s.X) < 26 && s.Y - o.Y is > -4 and < 30);
            return Html.Of($"""
                <circle cx="{F(s.X)}" cy="{F(s.Y)}" r="7" fill="#fff" stroke="{Accent}" stroke-width="2.5"/>
                {Label(s.X, s.Y + (taken ? 21 : -12), s.Text, "middle", 11, Ink, true, halo: true)}
                """);
        });
        var home = subject is null ? Html.Empty
            : Html.Of($"""
                <circle cx="{F(width / 2)}" cy="{F(height / 2)}" r="9" fill="{Warm}"/>
                <circle cx="{F(width / 2)}" cy="{F(height / 2)}" r="3.5" fill="#fff"/>
                """);
        return Svg(width, height,
            Html.Of($"""
                <rect width="{F(width)}" height="{F(height)}" rx="6" fill="#f6f8fa"/>
                <clipPath id="frame">
                <rect width="{F(width)}" height="{F(height)}" rx="6"/>
                </clipPath>
                <g clip-path="url(#frame)">{Rings()}{marks}{home}</g>
                <path d="M612 40l7-22 7 22-7-5z" fill="{Ink}"/>
                {Label(619, 56, "N", "middle", 12, Ink, true)}
                """));
    }

    private static Html Svg(double width, double height, Html content) =>
        Html.Of($"""
            <svg viewBox="0 0 {F(width)} {F(height)}" width="100%" direction="ltr" xmlns="http://www.w3.org/2000/svg">{content}</svg>
            """);

    private static Html Label(double x, double y, string text, string anchor, double size, string colour, bool bold = false,
        bool halo = false) =>
            Html.Of($"""
                <text x="{F(x)}" y="{F(y)}" text-anchor="{anchor}" font-size="{F(size)}" fill="{colour}"
                font-weight="{(bold ? "700" : "400")}"{(halo ? Halo : Html.Empty)}>{text}</text>
                """);

    private static Html Wrapped(double x, double y, string text, int letters, string anchor)
    {
        var lines = new List<string> { "" };
        foreach (var word in text.Split(' '))
            if (lines[^1].Length > 0 && lines[^1].Length + word.Length > letters) lines.Add(word);
            else lines[^1] = (lines[^1] + " " + word).Trim();
        var top = y - 6 * (Math.Min(2, lines.Count) - 1);
        return Html.Join(lines.Take(2).Select((line, i) => Label(x, top + i * 12, line, anchor, 10.5, Ink)));
    }

    private static string F(double value) => value.ToString("0.##", CultureInfo.InvariantCulture);
}
