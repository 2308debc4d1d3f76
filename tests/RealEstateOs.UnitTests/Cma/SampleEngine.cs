using RealEstateOs.Valuation.Engine;
using RealEstateOs.Valuation.Engine.Boosting;
using RealEstateOs.Valuation.MarketData;

namespace RealEstateOs.UnitTests.Cma;

/// <summary>One small engine on invented sales, trained once for all tests.</summary>
public sealed class SampleEngine
{
    internal static readonly DateOnly Today = new(2026, 6, 30);
    internal static readonly TrainingOptions Quick = new() { Forests = 1,
        Boosting = new BoostingOptions { Trees = 40, LearningRate = 0.15 } };

    public SampleEngine()
    {
        Sales = SampleMarket.Sales(Today, 3_000);
        Engine = ValuationEngine.Train(Sales, Today, Quick);
    }

    internal List<Sale> Sales { get; }
    internal ValuationEngine Engine { get; }

    internal static SubjectProperty MarinaFlat => new() { Area = "Marsa Dubai", Kind = PropertyKind.Flat, SizeSqm = 110, Bedrooms = 2 };
}
