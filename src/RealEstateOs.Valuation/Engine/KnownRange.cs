using System.Collections.Concurrent;
using System.Globalization;
using RealEstateOs.Valuation.MarketData;

namespace RealEstateOs.Valuation.Engine;

/// <summary>
/// What homes are known at all: of one kind and state, with as many bedrooms, in the area, or in the whole market where the area has too
/// few. A home of another size, count or age is outside: an estimate for it reaches beyond the sales, and nothing measured says how far to
/// trust it.
/// </summary>
internal sealed class KnownRange(SaleTable table)
{
    // Under so many sales of such homes an area's own extremes say little.
    private const int EnoughInArea = 30, EnoughInMarket = 10;
    // The rarest in a hundred at either end may be slips of the registry; a quarter beyond the rest is still like something that sold.
    private const double Rare = 0.01, Beyond = 1.25;
    private const int AnyBedrooms = -1, AnyArea = -1;

    private readonly ConcurrentDictionary<(int Area, byte Cell, int Bedrooms), double[]> sizes = new();

    private readonly Lazy<(float Oldest, float Newest)?> ages = new(() =>
    {
        var years = table.Sales.Where(s => s.Traits is { YearBuilt: > 0 }).Select(s => s.Traits!.YearBuilt).ToArray();
        return years.Length == 0 ? null : (years.Min(), years.Max());
    });

    /// <summary>Why the home is like none that sold; null where it is like some.</summary>
    public string? Outside(SubjectProperty home, in Place place)
    {
        var cell = SaleTable.CellOf(home.Kind, home.OffPlan);
        var homes = $"{(home.OffPlan ? "off-plan" : "ready")} "
            + $"{(home.Bedrooms switch { null => "", 0 => "studio ", { } n => $"{n}-bedroom " })}{Noun(home.Kind)}";
        var (known, where) = (SizesOf(place.Area, cell, home.Bedrooms ?? AnyBedrooms), place.AreaName ?? "the area");
        if (known.Length < EnoughInArea) (known, where) = (SizesOf(AnyArea, cell, home.Bedrooms ?? AnyBedrooms), "the whole market");
        if (known.Length < EnoughInMarket)
            return home.Bedrooms is null ? null
                : $"Outside the evidence: only {known.Length} sales of {homes} are known in the whole market.";
        var (least, most) = (Numbers.Quantile(known, Rare) / Beyond, Numbers.Quantile(known, 1 - Rare) * Beyond);
        if (home.SizeSqm >= least && home.SizeSqm <= most) return OutsideInAge(home);
        return string.Create(CultureInfo.InvariantCulture,
            $"Outside the evidence: {home.SizeSqm * Units.SqftPerSqm:#,0} sq ft were asked for, and the {known.Length:#,0} {homes} known "
                + $"in {where} have {known[0] * Units.SqftPerSqm:#,0} to {known[^1] * Units.SqftPerSqm:#,0}. Check the unit of the area.");
    }

    private string? OutsideInAge(SubjectProperty home)
    {
        if (home.Traits is not { YearBuilt: > 0 and var year } || ages.Value is not { } known
            || (year >= known.Oldest && year <= known.Newest + 1)) return null;
        return string.Create(CultureInfo.InvariantCulture,
            $"Outside the evidence: built in {year:0}, and the homes known were built from {known.Oldest:0} to {known.Newest:0}.");
    }

    private double[] SizesOf(int area, byte cell, int bedrooms) => sizes.GetOrAdd((area, cell, bedrooms), key =>
    {
        var found = new List<double>();
        if (key.Area == AnyArea)
        {
            for (var row = 0; row < table.Count; row++)
                if (table.Cell[row] == key.Cell) Take(row);
        }
        else
        {
            foreach (var row in table.ByArea.Rows(key.Area, key.Cell)) Take(row);
        }
        found.Sort();
        return [.. found];

        void Take(int row)
        {
            if (key.Bedrooms == AnyBedrooms || table.Sales[row].Bedrooms == key.Bedrooms) found.Add(table.Sales[row].SizeSqm);
        }
    });

    private static string Noun(PropertyKind kind) => kind switch
    {
        PropertyKind.HotelApartment => "hotel apartments", PropertyKind.Flat => "flats", PropertyKind.Villa =>
            "villas", PropertyKind.House => "houses",
        PropertyKind.Office => "offices", PropertyKind.Shop => "shops", _ => "homes",
    };
}
