namespace RealEstateOs.Workflows.Packages;

/// <summary>How long what is left of a package takes, and where that is known from.</summary>
internal sealed record Estimate(TimeSpan Takes, string Basis, IReadOnlyDictionary<string, TimeSpan> Known)
{
    public static Estimate Of(PackageDefinition package, Func<PackageStep, bool> counts, IReadOnlyDictionary<string, TimeSpan> known)
    {
        var steps = package.Steps!;
        var measured = steps.Count(s => known.ContainsKey(s.KindName));
        return new(
            Durations.LongestPath(steps, counts, s => known.GetValueOrDefault(s.KindName, s.Estimate)),
            measured == 0 ? "default" : measured == steps.Length ? "history" : "mixed", known);
    }

    public TimeSpan Of(PackageStep step) => Known.GetValueOrDefault(step.KindName, step.Estimate);
}
