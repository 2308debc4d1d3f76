using RealEstateOs.Valuation.MarketData;

namespace RealEstateOs.Valuation.Engine;

/// <summary>
/// Rough centres of well-known Dubai areas (two decimals, about a kilometre): only to say which covered area lies near, never to value.
/// </summary>
internal static class AreaPlaces
{
    private static readonly Dictionary<string, (double, double)> Centres = new (string Name, double Latitude, double Longitude)[]
    {
        ("Dubai Marina", 25.08, 55.14), ("Jumeirah Beach Residence", 25.08, 55.13), ("Jumeirah Lake Towers", 25.07, 55.14),
        ("Palm Jumeirah", 25.11, 55.14),
        ("Dubai Harbour", 25.10, 55.15), ("Bluewaters", 25.08, 55.12), ("Barsha Heights", 25.10, 55.18), ("The Greens", 25.09, 55.17),
        ("Emirates Living", 25.07, 55.16),
        ("Downtown Dubai", 25.19, 55.28), ("Business Bay", 25.18, 55.27), ("DIFC", 25.21, 55.28), ("City Walk", 25.21, 55.26),
        ("Al Wasl", 25.20, 55.25),
        ("Jumeirah Village Circle", 25.06, 55.21), ("Jumeirah Village Triangle", 25.05, 55.19), ("Dubai Sports City", 25.04, 55.22),
        ("Motor City", 25.05, 55.24),
        ("Arjan", 25.06, 55.24), ("Dubai Science Park", 25.08, 55.24), ("Dubai Studio City", 25.04, 55.25),
        ("Dubai Production City", 25.03, 55.19),
        ("Dubai Hills Estate", 25.10, 55.25), ("Sobha Hartland", 25.18, 55.31), ("Dubai Creek Harbour", 25.20, 55.35),
        ("Dubai Silicon Oasis", 25.12, 55.38),
        ("International City Phase 1", 25.16, 55.41), ("Arabian Ranches", 25.05, 55.27), ("Arabian Ranches 2", 25.03, 55.28),
        ("Arabian Ranches 3", 25.07, 55.30),
        ("Damac Hills", 25.03, 55.25), ("Mudon", 25.03, 55.27), ("Town Square", 25.00, 55.29), ("Al Furjan", 25.03, 55.15),
        ("Discovery Gardens", 25.04, 55.14),
        ("Dubai South", 24.88, 55.15), ("Emaar South", 24.86, 55.15), ("Dubai Investment Park First", 25.01, 55.16),
        ("Dubai Investment Park Second", 24.98, 55.18),
        ("Palm Deira", 25.29, 55.32), ("Dubai Maritime City", 25.26, 55.27), ("Al Jaddaf", 25.22, 55.33), ("Mirdif", 25.22, 55.42),
        ("Jumeirah Park", 25.05, 55.15),
        ("Jumeirah Islands", 25.06, 55.16), ("Jumeirah Golf", 25.02, 55.20), ("Tilal Al Ghaf", 25.02, 55.23), ("Villanova", 25.06, 55.36),
        ("The Valley", 24.99, 55.46),
        ("Dubai Land Residence Complex", 25.09, 55.38), ("Liwan", 25.11, 55.37), ("Majan", 25.09, 55.33), ("Palm Jabal Ali", 25.00, 54.99),
        ("Remraam", 25.00, 55.25),
        ("Living Legends", 25.08, 55.33), ("Al Barari", 25.10, 55.31), ("Meydan One", 25.16, 55.30), ("La Mer", 25.23, 55.26),
        ("Deira", 25.27, 55.33), ("Bur Dubai", 25.25, 55.30),
        ("Al Barsha First", 25.11, 55.20), ("Umm Suqeim Third", 25.14, 55.19), ("Jumeirah First", 25.22, 55.25),
        ("Al Karama", 25.25, 55.30), ("Al Nahda Second", 25.29, 55.37),
    }.ToDictionary(p => AreaNames.Key(p.Name), p => (p.Latitude, p.Longitude), StringComparer.Ordinal);

    public static (double, double)? Of(string area) => Centres.TryGetValue(AreaNames.Key(area), out var centre) ? centre : null;
}
