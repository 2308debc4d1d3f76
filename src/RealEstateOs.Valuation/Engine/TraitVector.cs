using RealEstateOs.Valuation.MarketData;

namespace RealEstateOs.Valuation.Engine;

/// <summary>The home's own traits as numbers, in one order everywhere; NaN is unknown.</summary>
internal static class TraitVector
{
    public const int LogSize = 0, Bedrooms = 1, Bathrooms = 2, Floors = 3, LogLot = 4, AboveShare = 5, Waterfront = 6, View = 7,
        Condition = 8, Grade = 9, Age = 10, Renovated = 11, LogNeighbourSize = 12, LogNeighbourLot = 13, Count = 14;

    public static readonly string[] Names =
        ["size", "bedrooms", "bathrooms", "floors", "lot", "above_ground_share", "waterfront", "view", "condition", "grade", "age",
            "renovation", "neighbours_size", "neighbours_lot"];

    public static float[] Of(Sale sale) => Of(sale.SizeSqm, sale.Bedrooms, sale.Traits, sale.Date.Year);

    public static float[] Of(double sizeSqm, int? bedrooms, HomeTraits? traits, int year)
    {
        var vector = new float[Count];
        Array.Fill(vector, float.NaN);
        vector[LogSize] = (float)Math.Log(sizeSqm);
        if (bedrooms is { } count) vector[Bedrooms] = Math.Min(count, 12);
        if (traits is null) return vector;
        vector[Bathrooms] = traits.Bathrooms;
        vector[Floors] = traits.Floors;
        vector[LogLot] = traits.LotSqm > 0 ? (float)Math.Log(traits.LotSqm) : float.NaN;
        vector[AboveShare] = traits.AboveGroundSqm > 0 ? (float)(traits.AboveGroundSqm / sizeSqm) : float.NaN;
        vector[Waterfront] = traits.Waterfront;
        vector[View] = traits.View;
        vector[Condition] = traits.Condition;
        vector[Grade] = traits.Grade;
        vector[Age] = traits.YearBuilt > 1800 ? Math.Max(0, year - traits.YearBuilt) : float.NaN;
        vector[Renovated] = traits.YearRenovated > 1800 && traits.YearRenovated <= year ? year - traits.YearRenovated : float.NaN;
        vector[LogNeighbourSize] = traits.NeighbourSizeSqm > 0 ? (float)Math.Log(traits.NeighbourSizeSqm) : float.NaN;
        vector[LogNeighbourLot] = traits.NeighbourLotSqm > 0 ? (float)Math.Log(traits.NeighbourLotSqm) : float.NaN;
        return vector;
    }
}
