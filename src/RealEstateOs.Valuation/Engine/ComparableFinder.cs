using RealEstateOs.Valuation.MarketData;

namespace RealEstateOs.Valuation.Engine;

/// <summary>
/// Finds the sales most like a subject, near before far, and says what each would have cost as the subject, on the day of valuation.
/// </summary>
internal sealed class ComparableFinder(SaleTable table, PointModel model)
{
    private const int MaxPerPlace = 4000;
    // Of a project with fewer sales it is not known what level it has.
    private const int LeastForLevel = 3;

    private readonly Dictionary<(int Project, byte Cell), double> levels = [];

    public List<ComparableSale> Find(in Subject subject, SubjectProperty property, ComparableQuery query)
    {
        var from = subject.Day - (int)(Math.Clamp(query.TimeFrameMonths, 1, 240) * 30.44);
        var seen = new HashSet<int>();
        var best = new PriorityQueue<Candidate, double>();
        Collect(subject, table.ByProject.Rows(subject.Project, subject.Cell), from, query, seen, best);
        Collect(subject, table.ByArea.Rows(subject.Area, subject.Cell), from, query, seen, best);
        if (table.ByPlace is not null && float.IsFinite(subject.Latitude) && float.IsFinite(subject.Longitude))
        {
            var near = new List<int>();
            table.ByPlace.Around(subject.Latitude, subject.Longitude, subject.Cell, subject.Cutoff, 400, near);
            Collect(subject, System.Runtime.InteropServices.CollectionsMarshal.AsSpan(near), from, query, seen, best);
        }
        if (query.OwnSales.Count > 0) CollectOwn(subject, property, from, query, best);
        var found = new List<ComparableSale>(best.Count);
        while (best.TryDequeue(out var candidate, out _)) found.Add(Laid(subject, candidate));
        found.Reverse();
        return found;
    }

    private readonly record struct Candidate(Sale Sale, float[] Traits, int Day, Similarity Similarity, bool Own);

    private void Collect(in Subject subject, ReadOnlySpan<int> rows, int from, ComparableQuery query, HashSet<int> seen,
        PriorityQueue<Candidate, double> best)
    {
        for (int i = rows.Length - 1, scanned = 0; i >= 0 && scanned < MaxPerPlace; i--, scanned++)
        {
            var row = rows[i];
            if (table.Day[row] < from || table.Day[row] >= subject.Cutoff || !seen.Add(row)) continue;
            var place = new SalePlace(table.Project[row], table.Area[row], table.Family[row], GapOf(subject, table.Project[row]));
            var likeness = Similarity.Of(subject, place, table.Traits[row], table.Day[row], table.Latitude[row], table.Longitude[row]);
            Offer(new(table.Sales[row], table.Traits[row], table.Day[row], likeness, false), query, best);
        }
    }

    private void CollectOwn(in Subject subject, SubjectProperty property, int from, ComparableQuery query,
        PriorityQueue<Candidate, double> best)
    {
        foreach (var sale in query.OwnSales)
        {
            if (!sale.IsArmsLength || sale.Kind != property.Kind || sale.OffPlan != property.OffPlan || !(sale.SizeSqm > 0)
                || sale.Price <= 0) continue;
            var day = sale.Date.DayNumber;
            // The engine's own day is that on which it was loaded: a deal of today counts on the days after it, too.
            if (day < from || day > (property.On?.DayNumber ?? int.MaxValue)) continue;
            var traits = TraitVector.Of(sale);
            var (project, area) = (table.ProjectNumber(sale.Project), table.AreaNumber(sale.Area));
            var family = table.FamilyNumber(area, ProjectFamily.Of(sale.Project).Family);
            var likeness = Similarity.Of(subject, new(project, area, family, GapOf(subject, project)), traits, day,
                (float)(sale.Latitude ?? double.NaN), (float)(sale.Longitude ?? double.NaN));
            if (likeness.Place > 0) Offer(new(sale, traits, day, likeness, true), query, best);
        }
    }

    private double GapOf(in Subject subject, int project) => LevelOf(project, subject.Cell) - LevelOf(subject.Project, subject.Cell);

    private double LevelOf(int project, byte cell)
    {
        if (levels.TryGetValue((project, cell), out var known)) return known;
        var rows = project < 0 ? [] : table.ByProject.Rows(project, cell);
        double sum = 0;
        foreach (var row in rows) sum += table.LogPpsm[row];
        return levels[(project, cell)] = rows.Length < LeastForLevel ? double.NaN : sum / rows.Length;
    }

    private static void Offer(in Candidate candidate, ComparableQuery query, PriorityQueue<Candidate, double> best)
    {
        if (query.RadiusKm is { } radius && candidate.Similarity.Kilometres is { } km && km > radius) return;
        var count = Math.Clamp(query.Count, 1, 100);
        if (best.Count < count) best.Enqueue(candidate, candidate.Similarity.Score);
        else if (best.TryPeek(out _, out var least) && candidate.Similarity.Score > least)
            best.DequeueEnqueue(candidate, candidate.Similarity.Score);
    }

    private ComparableSale Laid(in Subject subject, in Candidate candidate)
    {
        var sale = candidate.Sale;
        Span<double> mine = stackalloc double[TraitVector.Count], theirs = stackalloc double[TraitVector.Count];
        model.Hedonics.WorthByTrait(subject.Traits, subject.Cell, mine);
        model.Hedonics.WorthByTrait(candidate.Traits, subject.Cell, theirs);
        var adjustments = new List<PriceAdjustment>();
        var price = sale.Price;
        void Adjust(string name, double log)
        {
            var after = Math.Round(price * (decimal)Math.Exp(Math.Clamp(log, -2, 2)));
            if (after == price) return;
            adjustments.Add(new(name, after - price));
            price = after;
        }
        var offPlan = (subject.Cell & 1) == 1;
        Adjust("time", model.Index.At(subject.Day, offPlan) - model.Index.At(candidate.Day, offPlan));
        // A larger home costs more in all and less per square metre: one adjustment holds both.
        Adjust("size", subject.Traits[TraitVector.LogSize] - candidate.Traits[TraitVector.LogSize] + mine[TraitVector.LogSize]
            - theirs[TraitVector.LogSize]);
        for (var k = 0; k < TraitVector.Count; k++)
            if (k != TraitVector.LogSize && Math.Abs(mine[k] - theirs[k]) > 0.0005)
                Adjust(TraitVector.Names[k], mine[k] - theirs[k]);
        return new()
        {
            Sale = sale,
            Similarity = Math.Round(candidate.Similarity.Score, 3),
            Parts = candidate.Similarity.Parts(),
            Adjustments = adjustments,
            AdjustedPrice = price,
            DistanceKm = candidate.Similarity.Kilometres is { } km ? Math.Round(km, 2) : null,
            Match = candidate.Similarity.Place >= 1 ? "project" : candidate.Similarity.SameArea ? "area" : "nearby",
            OwnDeal = candidate.Own,
        };
    }
}
