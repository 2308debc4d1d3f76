using CsvHelper;
using RealEstateOs.Contracts.Measures;

namespace RealEstateOs.Valuation.MarketData;

/// <summary>Turns one record into a sale, or says why it can't be one.</summary>
internal sealed class SaleRowParser(SaleColumns columns, SaleFileOptions options)
{
    private readonly bool _dubai = columns.Format != SaleFileFormat.Generic;
    private readonly ArmsLengthRules _rules = options.Rules
        ?? (columns.Format != SaleFileFormat.Generic ? ArmsLengthRules.Dubai : ArmsLengthRules.Generic);
    private readonly GenericText _generic = new(options);
    private readonly Dictionary<string, string> _pool = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _areas = new(StringComparer.Ordinal);

    public SaleRow Parse(int line, CsvReader csv)
    {
        string? Raw(int column) => column >= 0 && column < csv.FieldCount ? csv.GetString(column) : null;
        string? Name(int column) => Pooled(FieldText.Text(Raw(column)));

        SaleRow Refuse(string reason) => new(line, null, reason);

        if ((_dubai ? FieldText.Date(Raw(columns.Date)) : _generic.Date(Raw(columns.Date))) is not { } date)
            return Refuse(
                $"The date '{Shown(Raw(columns.Date))}' can't be read.{Hint(Raw(columns.Date), "--dates day-first or month-first")}");
        if ((_dubai ? FieldText.Number(Raw(columns.Price)) : _generic.Price(Raw(columns.Price))) is not { } price || Math.Abs(price) > 1e15)
            return Refuse($"The price '{Shown(Raw(columns.Price))}' is no "
                + $"amount{(_dubai ? "" : $" in {options.Currency}")}.{Hint(Raw(columns.Price), "--decimal comma or point")}");
        if (Name(columns.Area) is not { } published) return Refuse("The area is missing.");
        var number = FieldText.Text(Raw(columns.Number));
        if (number is null && _dubai) return Refuse("The transaction number is missing.");

        var registered = _dubai ? FieldText.Number(Raw(columns.RegisteredSqm))
            : _generic.SquareMetres(Raw(columns.RegisteredSqm), AreaText.SquareFeetPerSquareMetre);
        var size = _dubai
            ? FieldText.Number(Raw(columns.SizeSqm)) ?? FieldText.Number(Raw(columns.SizeSqft)) / Units.SqftPerSqm ?? registered
            : _generic.SquareMetres(Raw(columns.SizeSqm), AreaText.SquareFeetPerSquareMetre)
                ?? _generic.SquareMetres(Raw(columns.SizeSqft), 1) ?? registered;
        if (size is null)
            return Refuse((FieldText.Text(Raw(columns.SizeSqm)) ?? FieldText.Text(Raw(columns.SizeSqft))) is { } unread
                ? $"The size '{Shown(unread)}' can't be read.{Hint(unread, "--decimal comma or point")}" : "The size is missing.");

        var procedure = Name(columns.Procedure);
        var type = Name(columns.Type);
        var subType = Name(columns.SubType);
        var offPlan = FieldText.Flag(Raw(columns.OffPlan)) ?? false;
        var rooms = Name(columns.Rooms);
        var sale = new Sale
        {
            TransactionNumber = _dubai ? number! : $"{number}@{date:yyyy-MM-dd}@{price:0}",
            PropertyNumber = _dubai ? null : number,
            Market = _dubai ? "dubai" : options.Market,
            Currency = _dubai ? "AED" : options.Currency,
            Date = date,
            Area = Canonical(published),
            AreaAsPublished = published,
            Project = Name(columns.Project),
            MasterProject = Name(columns.MasterProject),
            Building = Name(columns.Building),
            NearestMetro = Name(columns.Metro),
            Kind = KindOf(type, subType),
            PropertyType = type,
            SubType = subType,
            Usage = Name(columns.Usage) ?? "Residential",
            Bedrooms = FieldText.Bedrooms(rooms),
            Rooms = rooms,
            OffPlan = offPlan,
            FreeHold = FieldText.Flag(Raw(columns.FreeHold)),
            Procedure = procedure,
            SaleKind = SaleKindOf(procedure, offPlan),
            Price = (decimal)price,
            SizeSqm = size.Value,
            Latitude = Figure(Raw(columns.Latitude)) is >= -90 and <= 90 and var latitude ? latitude : null,
            Longitude = Figure(Raw(columns.Longitude)) is >= -180 and <= 180 and var longitude ? longitude : null,
            Traits = columns.Grade >= 0 || columns.YearBuilt >= 0 || columns.Bathrooms >= 0 ? Traits(Raw) : null,
        };
        var reason = _rules.Judge(FieldText.Text(Raw(columns.Group)), procedure, registered, sale, options.Today);
        return new(line, reason == SetAsideReason.None ? sale : sale with { SetAside = reason }, null);
    }

    private string Hint(string? text, string option) =>
        _dubai || text?.Any(char.IsAsciiDigit) != true ? "" : $" It must be meant in one way only, unless {option} says in which.";

    // A coordinate or a count has no thousands: "25.123" can be meant in one way.
    private double? Figure(string? text) => options.Decimals == DecimalMark.Comma ? _generic.Number(text) : FieldText.Number(text);

    private HomeTraits Traits(Func<int, string?> raw)
    {
        float Trait(int column, double per = 1) => Figure(raw(column)) is { } value ? (float)(value / per) : float.NaN;
        return new()
        {
            Bathrooms = Trait(columns.Bathrooms),
            Floors = Trait(columns.Floors),
            LotSqm = Trait(columns.LotSqft, Units.SqftPerSqm),
            AboveGroundSqm = Trait(columns.AboveSqft, Units.SqftPerSqm),
            Waterfront = Trait(columns.Waterfront),
            View = Trait(columns.View),
            Condition = Trait(columns.Condition),
            Grade = Trait(columns.Grade),
            YearBuilt = Trait(columns.YearBuilt),
            YearRenovated = Trait(columns.YearRenovated),
            NeighbourSizeSqm = Trait(columns.NeighbourSqft, Units.SqftPerSqm),
            NeighbourLotSqm = Trait(columns.NeighbourLotSqft, Units.SqftPerSqm),
        };
    }

    private PropertyKind KindOf(string? type, string? subType) => (type?.ToUpperInvariant(), subType?.ToUpperInvariant()) switch
    {
        ("LAND", _) => PropertyKind.Land,
        (_, "FLAT" or "APARTMENT" or "PENTHOUSE" or "DUPLEX") => PropertyKind.Flat,
        (_, "VILLA" or "STACKED TOWNHOUSES" or "TOWNHOUSE") => PropertyKind.Villa,
        (_, "HOTEL APARTMENT" or "HOTEL ROOMS") => PropertyKind.HotelApartment,
        (_, "OFFICE") => PropertyKind.Office,
        (_, "SHOP" or "SHOW ROOMS") => PropertyKind.Shop,
        ("VILLA" or "TOWNHOUSE", null) => PropertyKind.Villa,
        ("FLAT" or "APARTMENT", null) => PropertyKind.Flat,
        ("HOUSE" or "SINGLE_FAMILY" or "RESIDENTIAL", null) => PropertyKind.House,
        (null, null) when !_dubai => PropertyKind.House,
        _ => PropertyKind.Other,
    };

    private static SaleKind SaleKindOf(string? procedure, bool offPlan) =>
        procedure?.StartsWith("Delayed", StringComparison.OrdinalIgnoreCase) == true ? SaleKind.DelayedRegistration
            : offPlan ? SaleKind.OffPlan : SaleKind.Resale;

    private string Canonical(string published)
    {
        if (!_areas.TryGetValue(published, out var canonical))
            _areas[published] = canonical = options.Areas.Canonical(published);
        return canonical;
    }

    // The same few thousand names come back in every row: one string each keeps a million rows small.
    private string? Pooled(string? text)
    {
        if (text is null) return null;
        if (_pool.TryGetValue(text, out var known)) return known;
        if (_pool.Count < 100_000) _pool[text] = text;
        return text;
    }

    private static string Shown(string? text) => text is null ? "" : text.Length <= 40 ? text : text[..40] + "…";
}
