namespace RealEstateOs.Valuation.MarketData;

/// <summary>
/// Registries hold "sales" of ready homes with the whole home's area and a small part of its price: shares of homes that changed hands.
/// Such a row is a share where its rate per square metre is under a fifth of the median of what sold on earlier days: of three or more
/// sales of its project and bedrooms, of five or more of its project, or of ten or more ready ones of its area and bedrooms, the latest
/// fifty of each, always of its kind. Without such evidence nothing is said.
/// </summary>
internal sealed class UndeclaredShares
{
    public const double LeastPart = 0.2;

    private const int InProjectAndBedrooms = 3, InProject = 5, InAreaAndBedrooms = 10, Latest = 50, AnyBedrooms = -2, UnknownBedrooms = -1;

    private readonly Dictionary<(char Of, string Name), int> places = [];
    private readonly Dictionary<string, int> numbers = new(StringComparer.Ordinal);
    private readonly Dictionary<(int Place, PropertyKind Kind, int Bedrooms), Rates> known = [];
    private readonly List<(Rates Of, double Rate)> today = [];
    private DateOnly day;

    /// <summary>
    /// Positions of the shares among sales in any order; those set aside for another reason than an implausible price are neither shares
    /// nor evidence.
    /// </summary>
    public static HashSet<int> Positions(IReadOnlyList<Sale> sales)
    {
        var judge = new UndeclaredShares();
        var shares = new HashSet<int>();
        foreach (var i in Enumerable.Range(0, sales.Count).Where(i => IsJudged(sales[i])).OrderBy(i => sales[i].Date))
            if (judge.IsShare(sales[i])) shares.Add(i);
        return shares;
    }

    /// <summary>The same sales, the shares set aside with the reason.</summary>
    public static List<Sale> Marked(IReadOnlyList<Sale> sales)
    {
        var shares = Positions(sales);
        return [.. sales.Select((sale, i) => shares.Contains(i) ? sale with { SetAside = SetAsideReason.UndeclaredShare } : sale)];
    }

    public static bool IsJudged(Sale sale) =>
        sale.IsHome && sale.SizeSqm > 0
            && sale.SetAside is SetAsideReason.None or SetAsideReason.ImplausiblePrice or SetAsideReason.ImplausiblePricePerSqm;

    /// <summary>Judges the next sale by those of the days before it, and learns from it; asked in the order of days.</summary>
    public bool IsShare(Sale sale)
    {
        if (sale.Date != day)
        {
            foreach (var (of, learned) in today) of.Add(learned);
            today.Clear();
            day = sale.Date;
        }
        var bedrooms = sale.Bedrooms ?? UnknownBedrooms;
        var rate = sale.PricePerSqm;
        var ofRooms = sale.Project is null ? null : RatesOf('p', sale.Project, sale.Kind, bedrooms);
        var ofProject = sale.Project is null ? null : RatesOf('p', sale.Project, sale.Kind, AnyBedrooms);
        var ofArea = sale.OffPlan ? null : RatesOf('a', sale.Area, sale.Kind, bedrooms);
        if (!sale.OffPlan && (IsLow(ofRooms, InProjectAndBedrooms) || IsLow(ofProject, InProject) || IsLow(ofArea, InAreaAndBedrooms)))
            return true;
        if (sale.SetAside != SetAsideReason.None) return false;
        if (ofRooms is not null) today.Add((ofRooms, rate));
        if (ofProject is not null) today.Add((ofProject, rate));
        if (ofArea is not null) today.Add((ofArea, rate));
        return false;

        bool IsLow(Rates? rates, int least) => rates is not null && rates.Count >= least && rates.MostAreAbove(rate / LeastPart);
    }

    // A name is brought to its key once, not with each of a million rows.
    private Rates RatesOf(char of, string name, PropertyKind kind, int bedrooms)
    {
        if (!places.TryGetValue((of, name), out var place))
        {
            var key = of + AreaNames.Key(name);
            if (!numbers.TryGetValue(key, out place)) numbers[key] = place = numbers.Count;
            places[(of, name)] = place;
        }
        return known.TryGetValue((place, kind, bedrooms), out var rates) ? rates : known[(place, kind, bedrooms)] = new();
    }

    /// <summary>The latest rates of a group; the oldest gives way.</summary>
    private sealed class Rates
    {
        private readonly List<double> rates = new(4);
        private int next;

        public int Count => rates.Count;

        public void Add(double rate)
        {
            if (rates.Count < Latest) rates.Add(rate);
            else rates[next++ % Latest] = rate;
        }

        // The median is above a bound where more than half of the rates are.
        public bool MostAreAbove(double bound)
        {
            var above = 0;
            foreach (var rate in rates)
                if (rate > bound) above++;
            return above * 2 > rates.Count;
        }
    }
}
