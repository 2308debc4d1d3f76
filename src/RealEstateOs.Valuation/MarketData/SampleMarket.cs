namespace RealEstateOs.Valuation.MarketData;

/// <summary>
/// An invented market for trying the product: sales and tenancies of 24 months in areas that exist, in projects that don't, at levels set
/// from what is generally known of these areas (rounded AED per square foot). No row is a real one; every answer that stands on it says
/// <c>"market_data": "sample"</c>. The same seed and last day give the same rows.
/// </summary>
internal static class SampleMarket
{
    public const string TransactionPrefix = "SAMPLE-";
    private const int Months = 24;

    /// <summary>Sales, oldest first.</summary>
    public static List<Sale> Sales(DateOnly until, int count = 15_000, ulong seed = 2026)
    {
        var random = new SplitMix(seed);
        var sales = new List<Sale>(count);
        var total = SampleAreas.All.Sum(a => a.Weight);
        var number = 0;
        foreach (var area in SampleAreas.All)
        {
            var projects = Projects(area, ref random);
            for (var left = (int)Math.Round(count * area.Weight / total); left > 0; left--)
            {
                var project = projects[(int)(Math.Pow(random.NextDouble(), 1.5) * projects.Length)];
                var (bedrooms, size) = Home(project, ref random);
                var daysAgo = (int)(random.NextDouble() * Months * 30.4);
                var floorAndView = random.NextNormal() * (project.OffPlan ? 0.035 : 0.07);
                var perSqft = area.AedPerSqft(project.Kind) * project.Level * SizeFactor(project.Kind, bedrooms, size)
                    * Market(daysAgo, project.OffPlan) * Math.Exp(floorAndView);
                var sqft = size * Units.SqftPerSqm;
                var price = Math.Round(perSqft * sqft / 1000) * 1000;
                sales.Add(new()
                {
                    TransactionNumber = $"{TransactionPrefix}{++number:D6}",
                    Market = "dubai",
                    Currency = "AED",
                    Date = until.AddDays(-daysAgo),
                    Area = area.Name,
                    Project = project.Name,
                    Kind = project.Kind,
                    PropertyType = project.Kind == PropertyKind.Villa ? "Building" : "Unit",
                    SubType = project.Kind == PropertyKind.Villa ? "Villa" : "Flat",
                    Bedrooms = bedrooms,
                    Rooms = bedrooms == 0 ? "Studio" : $"{bedrooms} B/R",
                    OffPlan = project.OffPlan,
                    FreeHold = true,
                    Procedure = project.OffPlan ? "Sell - Pre registration" : "Sale",
                    SaleKind = project.OffPlan ? SaleKind.OffPlan : SaleKind.Resale,
                    Price = (decimal)price,
                    SizeSqm = size,
                    Latitude = Math.Round(project.Latitude, 5),
                    Longitude = Math.Round(project.Longitude, 5),
                });
            }
        }
        sales.Sort(static (a, b) =>
            a.Date != b.Date ? a.Date.CompareTo(b.Date) : string.CompareOrdinal(a.TransactionNumber, b.TransactionNumber));
        return sales;
    }

    /// <summary>Tenancy contracts of the last twelve months, oldest first.</summary>
    public static List<RentContract> Rents(DateOnly until, int count = 12_000, ulong seed = 2027)
    {
        var random = new SplitMix(seed);
        var rents = new List<RentContract>(count);
        var total = SampleAreas.All.Sum(a => a.Weight);
        foreach (var area in SampleAreas.All)
        {
            // The same seed as the sales gives the same projects.
            var names = new SplitMix(seed);
            var projects = Projects(area, ref names).Where(p => !p.OffPlan).ToArray();
            for (var left = (int)Math.Round(count * area.Weight / total); left > 0 && projects.Length > 0; left--)
            {
                var project = projects[(int)(random.NextDouble() * projects.Length)];
                var (bedrooms, size) = Home(project, ref random);
                var daysAgo = (int)(random.NextDouble() * 365);
                var renewal = random.NextDouble() < 0.55;
                var value = area.AedPerSqft(project.Kind) * SizeFactor(project.Kind, bedrooms, size) * size * Units.SqftPerSqm
                    * Market(daysAgo, false);
                var rent = value * area.Yield * (bedrooms <= 1 ? 1.05 : 0.97) * (renewal ? 0.92 : 1) * Math.Exp(random.NextNormal() * 0.09);
                rents.Add(new()
                {
                    Market = "dubai",
                    Currency = "AED",
                    RegisteredOn = until.AddDays(-daysAgo),
                    StartsOn = until.AddDays(-daysAgo),
                    EndsOn = until.AddDays(364 - daysAgo),
                    Renewal = renewal,
                    Area = area.Name,
                    Kind = project.Kind,
                    Bedrooms = bedrooms,
                    SizeSqm = size,
                    AnnualRent = (decimal)(Math.Round(rent / 500) * 500),
                });
            }
        }
        rents.Sort(static (a, b) => a.RegisteredOn.CompareTo(b.RegisteredOn));
        return rents;
    }

    private sealed record Project(string Name, PropertyKind Kind, bool OffPlan, double Level, double Latitude, double Longitude,
        double[] Layouts);

    private static Project[] Projects(SampleArea area, ref SplitMix random)
    {
        var projects = new Project[area.Projects];
        for (var i = 0; i < projects.Length; i++)
        {
            var villa = random.NextDouble() < area.VillaShare;
            var offPlan = random.NextDouble() < area.OffPlanShare;
            var layouts = new double[12];
            for (var k = 0; k < layouts.Length; k++) layouts[k] = Math.Exp(random.NextNormal() * 0.12);
            projects[i] = new($"Sample {area.ShortName} {(villa ? "Villas" : "Residence")} {i + 1}",
                villa ? PropertyKind.Villa : PropertyKind.Flat, offPlan,
                Math.Exp(random.NextNormal() * 0.12) * (offPlan ? 1.08 : 1), area.Latitude + random.NextNormal() * 0.004,
                area.Longitude + random.NextNormal() * 0.004, layouts);
        }
        return projects;
    }

    // A tower repeats a dozen layouts: sizes come back to the centimetre, as in the registry.
    private static (int Bedrooms, double Size) Home(Project project, ref SplitMix random)
    {
        var draw = random.NextDouble();
        var bedrooms = project.Kind == PropertyKind.Villa ? draw < 0.35 ? 3 : draw < 0.8 ? 4 : 5
            : draw < 0.22 ? 0 : draw < 0.6 ? 1 : draw < 0.87 ? 2 : draw < 0.98 ? 3 : 4;
        var typical = project.Kind == PropertyKind.Villa ? 75.0 * bedrooms
            : bedrooms switch { 0 => 42, 1 => 72, 2 => 115, 3 => 165, _ => 240 };
        return (bedrooms, Math.Round(typical * project.Layouts[(int)(random.NextDouble() * project.Layouts.Length)], 2));
    }

    private static double SizeFactor(PropertyKind kind, int bedrooms, double size) =>
        kind == PropertyKind.Villa ? Math.Pow(size / 300, -0.25) : Math.Pow(size / 80, -0.10) * (bedrooms == 0 ? 1.06 : 1);

    /// <summary>Up 9 % a year (6 % off-plan), with a dent around a year ago.</summary>
    private static double Market(int daysAgo, bool offPlan) =>
        Math.Exp(-(offPlan ? 0.06 : 0.09) * daysAgo / 365) * (1 - 0.015 * Math.Exp(-Math.Pow((daysAgo - 360) / 60.0, 2)));
}
