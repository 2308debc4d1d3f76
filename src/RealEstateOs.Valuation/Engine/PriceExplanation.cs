namespace RealEstateOs.Valuation.Engine;

/// <summary>
/// Walks from the typical home of the city to the subject: area, project, and what the pattern of like sales adds. The amounts add up to
/// the estimate.
/// </summary>
internal static class PriceExplanation
{
    public static List<PriceStep> Of(in PointEstimate point, double sizeSqm, decimal estimate)
    {
        var steps = new List<PriceStep>();
        var at = point.Local.City + point.Worth + point.Market;
        decimal last = Amount(at, sizeSqm);
        steps.Add(new("A home of this kind, size and traits at the city's typical level, today", last, 1));
        void Step(string name, double log)
        {
            at += log;
            var now = Amount(at, sizeSqm);
            steps.Add(new(name, now - last, Math.Round(Math.Exp(log) - 1, 4)));
            last = now;
        }
        Step("The area", point.Local.Area - point.Local.City);
        Step("The project, its immediate surroundings and, off-plan, its homes of the same size", point.Local.Level - point.Local.Area);
        // The last step takes up the rounding of the estimate.
        steps.Add(new("Homes of the same size, layout and time nearby (learned pattern)", estimate - last,
            Math.Round(Math.Exp(point.Pattern) - 1, 4)));
        return steps;
    }

    private static decimal Amount(double logPpsm, double sizeSqm) => Math.Round((decimal)(Math.Exp(logPpsm) * sizeSqm));
}

/// <summary>What has to be said beside the figure.</summary>
internal static class ValuationNotes
{
    public static List<string> Of(SubjectProperty subject, EvidenceCount evidence, IReadOnlyList<ComparableSale> comparables,
        in Trust trust, in Place place)
    {
        var notes = new List<string> { "An estimate from registered sales, not an appraisal." };
        if (comparables.Count < 5)
            notes.Add($"Only {comparables.Count} comparable {(comparables.Count == 1 ? "sale" : "sales")} in the time frame: "
                + "that is very little. Read the range, not the estimate, and ask for an inspection.");
        if (subject.Project is not null && evidence.SameProject == 0)
            notes.Add($"No {(subject.OffPlan ? "off-plan" : "ready")} sale of '{subject.Project}' is known; the area stands in for it.");
        else if (evidence.SameProject is > 0 and < 5)
            notes.Add($"Only {evidence.SameProject} known {(evidence.SameProject == 1 ? "sale" : "sales")} in the same project.");
        if (place.ByCoordinates) notes.Add("The area's name is not known; the nearest sales by coordinates stand in for it.");
        if (subject.Bedrooms is null) notes.Add("The number of bedrooms was not given; the estimate goes by size.");
        if (trust.Class == ConfidenceClass.Low)
            notes.Add($"Low confidence: of similar held-out sales only {trust.Within10:P0} were within ten percent of their estimate.");
        return notes;
    }
}
