using RealEstateOs.Contracts.Auth;
using RealEstateOs.Platform.Authorization;
using RealEstateOs.Platform.Persistence;
using RealEstateOs.Platform.Problems;
using RealEstateOs.Platform.Tenancy;

namespace RealEstateOs.Analytics.Figures;

/// <summary>Answers a request for figures: reads what was asked in the office's calendar, asks whether a colleague may be looked at, and
/// puts another span beside it.</summary>
internal sealed class FigureDesk(IOrganizationDirectory organizations, CurrentUser user, TimeProvider clock)
{
    /// <summary>Refuses who may not read what is counted.</summary>
    public FigureDesk For(string permission) => user.May(permission) ? this : throw Problem.Forbidden(permission);

    /// <summary>Null where the person asked for is not there for who asks.</summary>
    public async Task<FigureContext?> OpenAsync(FigureQuery query, string? usual, CancellationToken ct)
    {
        var office = await organizations.DefaultsAsync(ct);
        var now = clock.Now();
        var zone = TimeZoneInfo.FindSystemTimeZoneById(office.TimeZone);
        var asked = query.Read(LocalDay.Of(now, zone), zone, usual);
        if (asked.Person is { } person && !await Colleagues.SeesAsync(person, user, organizations, ct)) return null;
        return new(asked, office, zone, now);
    }

    /// <summary>A period in the office's calendar; null for what is none.</summary>
    public async Task<DaySpan?> SpanAsync(string period, CancellationToken ct)
    {
        var zone = TimeZoneInfo.FindSystemTimeZoneById((await organizations.DefaultsAsync(ct)).TimeZone);
        return DaySpan.Read(period, LocalDay.Of(clock.GetUtcNow(), zone), zone);
    }

    /// <summary>The figures of the span, with those of the span to compare with where one was asked for.</summary>
    public async Task<TFigures> AnswerAsync<TFigures>(FigureContext context, Func<FigureContext, Task<TFigures>> count) where TFigures
        : FigureResponse
    {
        var figures = await count(context);
        if (context.Asked is not { Compare: { } compare, Other: { } other }) return figures;
        var before = await count(context with { Asked = context.Asked with { Span = other, Compare = null } });
        return figures with { Comparison = Compared.Of(compare, other, figures.Main(), before.Main()) };
    }
}

/// <param name="Asked">Whose figures and of which days.</param>
internal sealed record FigureContext(AskedFigures Asked, OrganizationDefaults Office, TimeZoneInfo Zone, DateTimeOffset Now)
{
    public DaySpan? Span => Asked.Span;

    public string Currency => Office.Currency;

    public DateOnly Today => LocalDay.Of(Now, Zone);

    public DaySpan Month => new(new DateOnly(Today.Year, Today.Month, 1), Today, Zone);

    public SpanResponse? Shown => Span is { } span ? new(span.From, span.To, Zone.Id) : null;

    public Whose Of(CurrentUser user, string permission) => Whose.Of(user, permission, Asked.Person);
}

/// <summary>Days of the office's calendar, both included.</summary>
/// <param name="From">Included.</param>
/// <param name="To">Included.</param>
/// <param name="TimeZone">IANA name of the zone whose days these are.</param>
public sealed record SpanResponse(DateOnly From, DateOnly To, string TimeZone);

/// <summary>What all figures say beside themselves. Definitions: docs/metrics.md.</summary>
public abstract record FigureResponse
{
    /// <summary>The days that count; null is all time.</summary>
    public required SpanResponse? Period { get; init; }
    /// <summary>The organization's; amounts hold this currency alone.</summary>
    public required string Currency { get; init; }
    /// <summary>When they were counted.</summary>
    public required DateTimeOffset AsOf { get; init; }
    /// <summary>The main figures of other days, with <c>compare</c>.</summary>
    public Compared? Comparison { get; init; }
    /// <summary>What the figures leave out, and why one is null.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    /// <summary>The figures that a comparison shows, by name.</summary>
    internal abstract IEnumerable<(string Name, decimal? Value)> Main();
}

/// <param name="With">previous_period or previous_year.</param>
/// <param name="Metrics">The figures that are compared, by name.</param>
public sealed record Compared(ComparedWith With, SpanResponse Period, IReadOnlyDictionary<string, Change> Metrics)
{
    internal static Compared Of(ComparedWith with, DaySpan span, IEnumerable<(string Name, decimal? Value)> now,
        IEnumerable<(string Name, decimal? Value)> before)
    {
        var then = before.ToDictionary(f => f.Name, f => f.Value);
        return new(with, new(span.From, span.To, span.Zone.Id),
            now.ToDictionary(f => f.Name, f => Change.Of(f.Value, then.GetValueOrDefault(f.Name))));
    }
}

/// <param name="Ratio">current / previous − 1 as a fraction; null where the days before had nothing to compare with.</param>
/// <param name="Current">Of the days asked for.</param>
/// <param name="Previous">Of the days that they are compared with.</param>
public sealed record Change(decimal? Current, decimal? Previous,
    [property: System.Text.Json.Serialization.JsonPropertyName("change")] decimal? Ratio)
{
    internal static Change Of(decimal? current, decimal? previous) =>
        new(current, previous, current is { } now && previous is { } then && then != 0 ? Math.Round(now / then - 1, 4) : null);
}

/// <summary>Numbers as they are shown.</summary>
internal static class Numbers
{
    /// <summary>A part of a whole as a fraction; null of nothing.</summary>
    public static decimal? Rate(long part, long whole) => whole == 0 ? null : Math.Round((decimal)part / whole, 4);

    public static decimal? Round(this decimal? value, int digits) => value is { } known ? Math.Round(known, digits) : null;

    public static decimal? Days(this Measure seconds) => seconds.Mean is { } mean ? Math.Round(mean / 86_400, 1) : null;

    /// <summary>Cells by one of their words, every word of the vocabulary named; a missing word is <c>unknown</c>.</summary>
    public static IReadOnlyDictionary<string, long> By(this IEnumerable<Cell> cells, Func<Cell, string?> word,
        params IEnumerable<string> known)
    {
        var counts = known.ToDictionary(w => w, _ => 0L);
        foreach (var cell in cells) counts[word(cell) ?? "unknown"] = counts.GetValueOrDefault(word(cell) ?? "unknown") + cell.Count;
        return counts;
    }

    public static long Count(this IEnumerable<Cell> cells, params IReadOnlyCollection<string> words) =>
        cells.Where(c => words.Contains(c.First)).Sum(c => c.Count);

    public static Measure Add(this IEnumerable<Cell> cells, Func<Cell, Measure> measure) => cells.Aggregate(default(Measure),
        (sum, cell) => sum + measure(cell));

    /// <summary>An amount by currency, the organization's own first.</summary>
    public static IReadOnlyDictionary<string, decimal> ByCurrency(this IEnumerable<Cell> cells, string own, Func<Cell, Measure> measure) =>
        cells.GroupBy(c => c.Third ?? own).OrderBy(g => g.Key != own).ThenBy(g => g.Key, StringComparer.Ordinal).ToDictionary(g => g.Key,
            g => g.Add(measure).Sum);
}
