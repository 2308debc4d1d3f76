using RealEstateOs.Valuation.MarketData;
using RealEstateOs.Valuation.Engine.Boosting;

namespace RealEstateOs.Valuation.Engine;

/// <summary>What a training was asked to do.</summary>
internal sealed record TrainingOptions
{
    /// <summary>
    /// Days for which the model will serve without newer sales; evidence and stated ranges are measured at that distance. 1: every earlier
    /// day is known; 0: the day's own registrations are, too, but for the sale itself.
    /// </summary>
    public int HorizonDays { get; init; } = 7;
    /// <summary>True where the sales to be valued lie among the known ones in time (a random split), false where they come after.</summary>
    public bool SameTime { get; init; }
    /// <summary>At most so many of the latest sales teach the trees; all serve as evidence.</summary>
    public int MaxTrainingRows { get; init; } = 80_000;
    /// <summary>Forests that are averaged, each on other samples.</summary>
    public int Forests { get; init; } = 3;
    internal BoostingOptions Boosting { get; init; } = new() { Trees = 500, LearningRate = 0.04, MinLeaf = 15, Delta = 0.012 };
}

/// <summary>Trains a <see cref="PointModel"/> and, on sales kept from it, its <see cref="Calibration"/>.</summary>
internal static class ModelTrainer
{
    private const int MaxCalibrationCases = 20_000, MaxHeldOutTrainingRows = 50_000;

    public static PointModel Train(SaleTable table, TrainingOptions options, Func<int, bool>? learnFrom, CancellationToken ct)
    {
        var (index, hedonics) = FitMarket(table);
        var city = new CityLevels(table);
        var (rows, features, targets) = TrainingSet(table, hedonics, city, options, learnFrom);
        var forests = new BoostedTrees?[2];
        for (var flag = 0; flag < 2; flag++)
        {
            var part = new List<int>();
            for (var i = 0; i < rows.Length; i++)
                if ((table.Cell[rows[i]] & 1) == flag) part.Add(i);
            if (part.Count < 200) continue;
            float[][] x = [.. part.Select(i => features[i])];
            float[] y = [.. part.Select(i => targets[i])];
            // Off-plan prices come from lists: most fit closely and the rest is noise; ready ones scatter.
            for (var seed = 1; seed <= options.Forests; seed++)
            {
                var forest = BoostedTrees.Train(x, y, null, Features.Count,
                    options.Boosting with { Seed = (ulong)seed, Delta = options.Boosting.Delta * (flag == 1 ? 0.5 : 2) }, ct);
                forests[flag] = forests[flag]?.And(forest) ?? forest;
            }
        }
        return new(index, hedonics, city, forests, options.SameTime, options.HorizonDays);
    }

    /// <summary>
    /// Trains again without the latest sales (or, in a random split, without a quarter) and collects how far the estimates were off there.
    /// A model that is renewed within days is held against two shorter stretches, each seen by a model of its own: as fresh as the one that
    /// will serve.
    /// </summary>
    public static List<HeldOut> HoldOut(SaleTable table, IReadOnlyList<Sale> sales, TrainingOptions options, CancellationToken ct)
    {
        var held = options with { MaxTrainingRows = Math.Min(options.MaxTrainingRows, MaxHeldOutTrainingRows) };
        if (options.SameTime)
            return Judge(table, Train(table, held, row => !Quarter(table, row), ct),
                LatestFirst(table, row => Quarter(table, row)));
        var days = Math.Clamp((table.Day[^1] - table.Day[0]) / 4, 14, 60);
        var stretches = options.HorizonDays <= 7 ? 2 : 1;
        var cases = new List<HeldOut>();
        for (var k = 0; k < stretches; k++)
        {
            var (from, to) = (table.Day[^1] - days * (k + 1) / stretches, table.Day[^1] - days * k / stretches);
            var before = new SaleTable(sales, DateOnly.FromDayNumber(from - 1));
            if (before.Count < 200) break;
            var model = Train(before, held, null, ct);
            model.Adjust(table);
            cases.AddRange(Judge(table, model,
                LatestFirst(table, row => table.Day[row] >= from && (k == 0 || table.Day[row] < to))));
        }
        return cases;
    }

    /// <summary>How far a model is off on the sales after a day, each estimated from what was known before it.</summary>
    public static List<HeldOut> JudgeAfter(int day, SaleTable table, PointModel model) =>
        model.SameTime ? [] : Judge(table, model, [.. Enumerable.Range(0, table.Count).Where(row => table.Day[row] > day)]);

    private static List<int> LatestFirst(SaleTable table, Func<int, bool> kept)
    {
        var rows = new List<int>();
        for (var i = table.Count - 1; i >= 0 && rows.Count < MaxCalibrationCases; i--)
            if (kept(i)) rows.Add(i);
        return rows;
    }

    private static List<HeldOut> Judge(SaleTable table, PointModel model, List<int> rows)
    {
        var cases = new HeldOut[rows.Count];
        InBlocks(rows.Count, () => new LocalEvidence(table, model.City), (i, evidence) =>
        {
            var features = new float[Features.Count];
            var subject = Subject.OfRow(table, rows[i], Cutoff(table, rows[i], model.SameTime, model.HorizonDays));
            var estimate = model.Predict(subject, evidence, features).LogPpsm;
            var place = subject.Project >= 0 ? subject.Project : float.IsFinite(subject.Latitude) ? rows[i] : ~subject.Area;
            cases[i] = new(features, table.LogPpsm[rows[i]] - estimate, (subject.Cell & 1) == 1, place, subject.Day);
        });
        return [.. cases];
    }

    private static bool Quarter(SaleTable table, int row) =>
        (new SplitMix((ulong)(table.Property[row] >= 0 ? table.Property[row] : row) * 104729 + 3).Next() & 3) == 0;

    // Index and traits explain each other: two rounds settle both.
    private static (PriceIndex, Hedonics) FitMarket(SaleTable table)
    {
        var hedonics = Hedonics.Fit(table, null);
        PriceIndex index = null!;
        for (var round = 0; round < 2; round++)
        {
            for (var i = 0; i < table.Count; i++)
                table.Adjusted[i] = (float)(table.LogPpsm[i] - hedonics.Worth(table.Traits[i], table.Cell[i]));
            index = PriceIndex.Fit(table);
            hedonics = Hedonics.Fit(table, index);
        }
        PointModel.Adjust(table, index, hedonics);
        return (index, hedonics);
    }

    private static (int[] Rows, float[][] Features, float[] Targets) TrainingSet(
        SaleTable table, Hedonics hedonics, CityLevels city, TrainingOptions options, Func<int, bool>? learnFrom)
    {
        var rows = new List<int>();
        var warmUp = options.SameTime ? 0 : Math.Min(30, (table.Day[^1] - table.Day[0]) / 4);
        for (var i = Math.Max(0, table.Count - options.MaxTrainingRows); i < table.Count; i++)
            if (table.Day[i] - table.Day[0] >= warmUp && learnFrom?.Invoke(i) != false) rows.Add(i);
        var features = new float[rows.Count][];
        var targets = new float[rows.Count];
        InBlocks(rows.Count, () => new LocalEvidence(table, city), (i, evidence) =>
        {
            var subject = Subject.OfRow(table, rows[i], Cutoff(table, rows[i], options.SameTime, options.HorizonDays));
            features[i] = new float[Features.Count];
            targets[i] = (float)(table.Adjusted[rows[i]] - evidence.Describe(subject, hedonics.Worth(subject.Traits, subject.Cell),
                features[i]).Level);
        });
        return ([.. rows], features, targets);
    }

    // Each sale is estimated from what was known some days before it, as far back as the model will have to reach when it serves.
    private static int Cutoff(SaleTable table, int row, bool sameTime, int horizonDays)
    {
        if (sameTime) return int.MaxValue;
        if (horizonDays == 0) return table.Day[row] + 1;
        var gap = new SplitMix((ulong)row * 7919 + 1).NextDouble() * Math.Min(horizonDays, (table.Day[row] - table.Day[0]) / 2.0);
        return table.Day[row] - (int)gap;
    }

    private static void InBlocks(int count, Func<LocalEvidence> evidenceOfThread, Action<int, LocalEvidence> act) =>
        Parallel.For(0, (count + 511) / 512, evidenceOfThread, (block, _, evidence) =>
        {
            for (var i = block * 512; i < Math.Min(count, (block + 1) * 512); i++) act(i, evidence);
            return evidence;
        }, static _ => { });
}
