namespace RealEstateOs.Valuation.MarketData;

/// <summary>An area of the sample market. Levels are round figures of general knowledge, not taken from any file.</summary>
internal sealed record SampleArea(string Name, string ShortName, double Latitude, double Longitude, double FlatAedPerSqft,
    double VillaAedPerSqft, double VillaShare, double OffPlanShare, double Yield, int Projects, double Weight)
{
    public double AedPerSqft(PropertyKind kind) => kind == PropertyKind.Villa ? VillaAedPerSqft : FlatAedPerSqft;
}

internal static class SampleAreas
{
    public static readonly SampleArea[] All =
    [
        new("Dubai Marina", "Marina", 25.080, 55.140, 1900, 2600, 0, 0.30, 0.063, 22, 9),
        new("Jumeirah Beach Residence", "JBR", 25.078, 55.134, 1950, 2600, 0, 0.10, 0.062, 8, 3),
        new("Jumeirah Lake Towers", "JLT", 25.070, 55.143, 1450, 1800, 0, 0.35, 0.069, 14, 5),
        new("Palm Jumeirah", "Palm", 25.112, 55.138, 2950, 5200, 0.20, 0.25, 0.052, 14, 4),
        new("Downtown Dubai", "Downtown", 25.195, 55.275, 2700, 3500, 0, 0.25, 0.058, 14, 5),
        new("DIFC", "DIFC", 25.212, 55.280, 2600, 3200, 0, 0.35, 0.060, 6, 2),
        new("Business Bay", "Bay", 25.184, 55.268, 2100, 2600, 0, 0.60, 0.062, 20, 8),
        new("Jumeirah Village Circle", "JVC", 25.060, 55.208, 1300, 1150, 0.08, 0.65, 0.073, 26, 12),
        new("Jumeirah Village Triangle", "JVT", 25.047, 55.190, 1250, 1200, 0.20, 0.65, 0.070, 10, 3),
        new("Dubai Hills Estate", "Hills", 25.103, 55.250, 2150, 2350, 0.30, 0.45, 0.056, 14, 6),
        new("Arabian Ranches", "Ranches", 25.055, 55.268, 1500, 1750, 1, 0, 0.050, 8, 2),
        new("Arabian Ranches 3", "Ranches 3", 25.066, 55.305, 1400, 1600, 1, 0.50, 0.054, 6, 2),
        new("Emirates Living", "Emirates", 25.068, 55.163, 1500, 2300, 0.85, 0, 0.048, 8, 2),
        new("The Greens", "Greens", 25.094, 55.172, 1600, 2000, 0, 0.05, 0.068, 6, 2),
        new("Dubai Creek Harbour", "Creek", 25.202, 55.347, 2350, 2800, 0, 0.70, 0.058, 12, 5),
        new("Sobha Hartland", "Hartland", 25.178, 55.310, 2100, 2700, 0.10, 0.55, 0.060, 10, 4),
        new("Dubai Silicon Oasis", "Oasis", 25.120, 55.380, 1050, 1100, 0.05, 0.45, 0.079, 10, 3),
        new("International City Phase 1", "International", 25.162, 55.408, 780, 900, 0, 0.05, 0.087, 8, 3),
        new("Dubai Sports City", "Sports", 25.040, 55.220, 1100, 1150, 0.10, 0.50, 0.077, 10, 3),
        new("Motor City", "Motor", 25.046, 55.240, 1200, 1250, 0.15, 0.50, 0.070, 8, 2),
        new("Arjan", "Arjan", 25.060, 55.238, 1250, 1300, 0, 0.75, 0.074, 12, 4),
        new("Al Furjan", "Furjan", 25.028, 55.148, 1350, 1450, 0.25, 0.50, 0.068, 10, 3),
        new("Discovery Gardens", "Discovery", 25.040, 55.140, 980, 1100, 0, 0.15, 0.083, 6, 2),
        new("Town Square", "Square", 25.003, 55.290, 1200, 1150, 0.30, 0.50, 0.071, 8, 3),
        new("Damac Hills", "Damac", 25.028, 55.252, 1400, 1550, 0.45, 0.40, 0.063, 10, 3),
        new("Dubai South", "South", 24.880, 55.150, 1150, 1050, 0.25, 0.75, 0.070, 10, 4),
        new("Palm Deira", "Islands", 25.290, 55.320, 2100, 2900, 0.05, 0.95, 0.058, 8, 3),
        new("Tilal Al Ghaf", "Tilal", 25.020, 55.230, 1700, 2150, 0.90, 0.40, 0.050, 6, 2),
    ];
}
