using RealEstateOs.Valuation;
using RealEstateOs.Valuation.Engine.Boosting;

namespace RealEstateOs.UnitTests.Cma;

public sealed class BoostedTreesTests
{
    private static readonly BoostingOptions Options = new() { Trees = 150, LearningRate = 0.1, MinLeaf = 10, Delta = 0.1, Ridge = 1,
        FeatureShare = 1, RowShare = 0.7 };

    [Fact]
    public void Trees_learn_a_curve_an_interaction_and_a_missing_value()
    {
        var (rows, targets) = Data(4_000, 1);
        var forest = BoostedTrees.Train(rows, targets, null, 3, Options);
        var (fresh, truth) = Data(500, 2);
        var errors = fresh.Select((row, i) => Math.Abs(forest.Predict(row) - truth[i])).ToArray();
        Assert.InRange(errors.Average(), 0, 0.04);
    }

    [Fact]
    public void A_tenth_of_wild_targets_hardly_moves_the_forest()
    {
        var (rows, targets) = Data(4_000, 1);
        for (var i = 0; i < targets.Length; i += 10) targets[i] = 50;
        var forest = BoostedTrees.Train(rows, targets, null, 3, Options);
        var (fresh, truth) = Data(500, 2);
        Assert.InRange(fresh.Select((row, i) => Math.Abs(forest.Predict(row) - truth[i])).Order().ElementAt(250), 0, 0.08);
    }

    [Fact]
    public void A_forest_comes_back_from_its_bytes_also_as_a_mean_of_two()
    {
        var (rows, targets) = Data(1_000, 3);
        var one = BoostedTrees.Train(rows, targets, null, 3, Options);
        var two = BoostedTrees.Train(rows, targets, null, 3, Options with { Seed = 9 });
        var mean = one.And(two);
        using var stream = new MemoryStream();
        using (var to = new BinaryWriter(stream, System.Text.Encoding.UTF8, leaveOpen: true)) mean.Write(to);
        stream.Position = 0;
        var back = BoostedTrees.Read(new BinaryReader(stream));
        foreach (var row in rows.Take(100))
        {
            Assert.Equal((one.Predict(row) + two.Predict(row)) / 2, mean.Predict(row), 9);
            Assert.Equal(mean.Predict(row), back.Predict(row), 9);
        }
    }

    private static (float[][] Rows, float[] Targets) Data(int count, ulong seed)
    {
        var random = new SplitMix(seed);
        var rows = new float[count][];
        var targets = new float[count];
        for (var i = 0; i < count; i++)
        {
            var (a, b) = (random.NextDouble(), random.NextDouble());
            var missing = random.NextDouble() < 0.2;
            rows[i] = [(float)a, (float)b, missing ? float.NaN : (float)random.NextDouble()];
            targets[i] = (float)(Math.Sin(4 * a) + (a > 0.5 && b > 0.5 ? 0.5 : 0) + (missing ? 0.3 : 0));
        }
        return (rows, targets);
    }
}
