namespace RealEstateOs.Valuation.MarketData;

/// <summary>Which of the known layouts a header belongs to.</summary>
internal enum SaleFileFormat
{
    /// <summary>Dubai Pulse, 46 or 47 columns, English columns alone, or any subset of them.</summary>
    DubaiPulse,
    /// <summary>The gateway's and the website's export (TRANSACTION_NUMBER …).</summary>
    DldExport,
    /// <summary>The older web table (Transaction Number, Amount …).</summary>
    DldWebTable,
    /// <summary>Any other list of sales with at least a date, a price and a size (King County's layout and the like).</summary>
    Generic,
}

/// <summary>A header read once: where each thing stands, whatever the file calls it.</summary>
internal sealed class SaleColumns
{
    private readonly Dictionary<string, int> _index = new(StringComparer.Ordinal);

    public SaleColumns(string[] header)
    {
        for (var i = 0; i < header.Length; i++)
            _index.TryAdd(AreaNames.Key(header[i]), i);
        Format = Has("TRANSACTIONID") && Has("ACTUALWORTH") ? SaleFileFormat.DubaiPulse
            : Has("TRANSVALUE") ? SaleFileFormat.DldExport
            : Has("TRANSACTIONNUMBER") && Has("AMOUNT") ? SaleFileFormat.DldWebTable
            : SaleFileFormat.Generic;
        Number = Find("TRANSACTIONNUMBER", "TRANSACTIONID", "SALEID", "ID", "MLSNUMBER", "PARCELNUMBER");
        Date = Find("INSTANCEDATE", "TRANSACTIONDATE", "DATE", "SALEDATE", "CLOSEDATE", "DATESOLD");
        Group = Find("TRANSGROUPEN", "GROUPEN", "TRANSACTIONTYPE");
        Procedure = Find("PROCEDURENAMEEN", "PROCEDUREEN", "TRANSACTIONSUBTYPE");
        OffPlan = Find("ISOFFPLAN", "ISOFFPLANEN", "REGTYPEEN", "REGISTRATIONTYPE", "OFFPLAN");
        FreeHold = Find("ISFREEHOLD", "ISFREEHOLDEN");
        Usage = Find("PROPERTYUSAGEEN", "USAGEEN", "USAGE");
        Area = Find("AREANAMEEN", "AREAEN", "AREA", "NEIGHBOURHOOD", "NEIGHBORHOOD", "COMMUNITY", "ZIPCODE", "ZIP", "POSTALCODE");
        Type = Find("PROPERTYTYPEEN", "PROPTYPEEN", "PROPERTYTYPE", "TYPE");
        SubType = Find("PROPERTYSUBTYPEEN", "PROPSBTYPEEN", "PROPERTYSUBTYPE");
        Price = Find("ACTUALWORTH", "TRANSVALUE", "AMOUNT", "PRICE", "SALEPRICE", "CLOSEPRICE", "SOLDPRICE");
        RegisteredSqm = Find("PROCEDUREAREA", "TRANSACTIONSIZESQM");
        SizeSqm = Find("ACTUALAREA", "PROPERTYSIZESQM", "SIZESQM", "AREASQM");
        SizeSqft = Find("SQFTLIVING", "SIZESQFT", "AREASQFT", "SQUAREFEET", "SQFT", "LIVINGAREA");
        Rooms = Find("ROOMSEN", "ROOMS", "BEDROOMS", "BEDS", "BEDROOMSTOTAL");
        Project = Find("PROJECTNAMEEN", "PROJECTEN", "PROJECT", "BUILDINGNAME", "SUBDIVISION");
        MasterProject = Find("MASTERPROJECTEN", "MASTERPROJECT");
        Building = Find("BUILDINGNAMEEN", "BUILDINGNAME");
        Metro = Find("NEARESTMETROEN", "NEARESTMETRO");
        Latitude = Find("LAT", "LATITUDE");
        Longitude = Find("LONG", "LONGITUDE", "LON", "LNG");
        Bathrooms = Find("BATHROOMS", "BATHS");
        Floors = Find("FLOORS", "STORIES");
        LotSqft = Find("SQFTLOT", "LOTSIZE", "LOTSQFT");
        AboveSqft = Find("SQFTABOVE");
        Waterfront = Find("WATERFRONT");
        View = Find("VIEW");
        Condition = Find("CONDITION");
        Grade = Find("GRADE");
        YearBuilt = Find("YRBUILT", "YEARBUILT");
        YearRenovated = Find("YRRENOVATED", "YEARRENOVATED");
        NeighbourSqft = Find("SQFTLIVING15");
        NeighbourLotSqft = Find("SQFTLOT15");
    }

    public SaleFileFormat Format { get; }
    public int Number { get; }
    public int Date { get; }
    public int Group { get; }
    public int Procedure { get; }
    public int OffPlan { get; }
    public int FreeHold { get; }
    public int Usage { get; }
    public int Area { get; }
    public int Type { get; }
    public int SubType { get; }
    public int Price { get; }
    public int RegisteredSqm { get; }
    public int SizeSqm { get; }
    public int SizeSqft { get; }
    public int Rooms { get; }
    public int Project { get; }
    public int MasterProject { get; }
    public int Building { get; }
    public int Metro { get; }
    public int Latitude { get; }
    public int Longitude { get; }
    public int Bathrooms { get; }
    public int Floors { get; }
    public int LotSqft { get; }
    public int AboveSqft { get; }
    public int Waterfront { get; }
    public int View { get; }
    public int Condition { get; }
    public int Grade { get; }
    public int YearBuilt { get; }
    public int YearRenovated { get; }
    public int NeighbourSqft { get; }
    public int NeighbourLotSqft { get; }

    /// <summary>What a list of sales can't do without and this header lacks.</summary>
    public IReadOnlyList<string> Missing
    {
        get
        {
            var missing = new List<string>();
            if (Date < 0) missing.Add("date");
            if (Price < 0) missing.Add("price");
            if (SizeSqm < 0 && SizeSqft < 0 && RegisteredSqm < 0) missing.Add("size");
            if (Area < 0) missing.Add("area");
            return missing;
        }
    }

    private bool Has(string key) => _index.ContainsKey(key);

    private int Find(params ReadOnlySpan<string> keys)
    {
        foreach (var key in keys)
            if (_index.TryGetValue(key, out var at)) return at;
        return -1;
    }
}
