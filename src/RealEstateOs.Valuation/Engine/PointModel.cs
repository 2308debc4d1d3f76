using RealEstateOs.Valuation.Engine.Boosting;

namespace RealEstateOs.Valuation.Engine;

/// <summary>
/// The learned parts of an estimate: the market's movement, the worth of traits, and trees on what the local base leaves over, ready and
/// off-plan apart.
/// </summary>
internal sealed class PointModel(PriceIndex index, Hedonics hedonics, CityLevels city, BoostedTrees?[] forests, bool sameTime,
    int horizonDays)
{
    public PriceIndex Index => index;
    public Hedonics Hedonics => hedonics;
    public CityLevels City => city;
    public bool SameTime => sameTime;
    /// <summary>Days before a sale within which its evidence ends, as <see cref="TrainingOptions"/> has it.</summary>
    public int HorizonDays => horizonDays;

    /// <summary>Puts a table's prices on this model's footing.</summary>
    public void Adjust(SaleTable table) => Adjust(table, index, hedonics);

    public static void Adjust(SaleTable table, PriceIndex index, Hedonics hedonics)
    {
        for (var i = 0; i < table.Count; i++)
            table.Adjusted[i] = (float)(table.LogPpsm[i] - index.At(table.Day[i], (table.Cell[i] & 1) == 1)
                - hedonics.Worth(table.Traits[i], table.Cell[i]));
    }

    public PointEstimate Predict(in Subject subject, LocalEvidence evidence, Span<float> features)
    {
        var worth = hedonics.Worth(subject.Traits, subject.Cell);
        var local = evidence.Describe(subject, worth, features);
        var market = index.At(subject.Day, (subject.Cell & 1) == 1);
        var pattern = forests[subject.Cell & 1]?.Predict(features) ?? 0;
        return new(local, worth, market, pattern);
    }

    public void Write(BinaryWriter to)
    {
        to.Write(sameTime);
        to.Write(horizonDays);
        index.Write(to);
        hedonics.Write(to);
        city.Write(to);
        foreach (var forest in forests)
        {
            to.Write(forest is not null);
            forest?.Write(to);
        }
    }

    public static PointModel Read(BinaryReader from)
    {
        var sameTime = from.ReadBoolean();
        var horizonDays = from.ReadInt32();
        var index = PriceIndex.Read(from);
        var hedonics = Hedonics.Read(from);
        var city = CityLevels.Read(from);
        var forests = new BoostedTrees?[2];
        for (var i = 0; i < 2; i++)
            if (from.ReadBoolean()) forests[i] = BoostedTrees.Read(from);
        return new(index, hedonics, city, forests, sameTime, horizonDays);
    }
}

/// <summary>
/// Levels from the city down to the project, in adjusted log price per square metre; the last is the base of the estimate.
/// </summary>
internal readonly record struct LocalLevels(double City, double Area, double Level, double AreaCount, double ProjectCount);

/// <summary>An estimate in its parts, all in logs.</summary>
internal readonly record struct PointEstimate(LocalLevels Local, double Worth, double Market, double Pattern)
{
    public double Base => Local.Level + Worth + Market;
    public double LogPpsm => Base + Pattern;
}
