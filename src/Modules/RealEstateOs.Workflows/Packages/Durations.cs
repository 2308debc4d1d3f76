using System.Globalization;

namespace RealEstateOs.Workflows.Packages;

/// <summary>Spans of time in the words of the answers, and how long a graph of steps takes.</summary>
internal static class Durations
{
    /// <summary><c>4 minutes</c>, <c>12 seconds</c>, <c>3 hours</c>.</summary>
    public static string Words(TimeSpan span)
    {
        var (count, unit) = span.TotalSeconds < 90 ? (Math.Max(0, Math.Round(span.TotalSeconds)), "second")
            : span.TotalMinutes < 90 ? (Math.Round(span.TotalMinutes), "minute")
            : span.TotalHours < 48 ? (Math.Round(span.TotalHours), "hour") : (Math.Round(span.TotalDays), "day");
        return string.Create(CultureInfo.InvariantCulture, $"{count} {unit}{(count == 1 ? "" : "s")}");
    }

    /// <summary><c>1h 42m</c>, <c>28m</c>, <c>12s</c>.</summary>
    public static string Short(TimeSpan span) => span switch
    {
        { TotalHours: >= 1 } => string.Create(CultureInfo.InvariantCulture, $"{(int)span.TotalHours}h {span.Minutes}m"),
        { TotalMinutes: >= 1 } => string.Create(CultureInfo.InvariantCulture, $"{span.Minutes}m"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{span.Seconds}s"),
    };

    /// <summary>The longest chain through the steps that still count; steps beside each other take their time together.</summary>
    public static TimeSpan LongestPath(IReadOnlyList<PackageStep> steps, Func<PackageStep, bool> counts, Func<PackageStep, TimeSpan> takes)
    {
        var (byName, ends) = (steps.ToDictionary(s => s.Name!), new Dictionary<string, TimeSpan>());
        return steps.Count == 0 ? TimeSpan.Zero : steps.Max(End);

        TimeSpan End(PackageStep step)
        {
            if (ends.TryGetValue(step.Name!, out var known)) return known;
            var start = (step.DependsOn ?? []).Select(d => End(byName[d])).DefaultIfEmpty(TimeSpan.Zero).Max();
            return ends[step.Name!] = start + (counts(step) ? takes(step) : TimeSpan.Zero);
        }
    }
}
