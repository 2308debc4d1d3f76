namespace RealEstateOs.Valuation.MarketData;

/// <summary>Turns one record into a contract, under the names of the gateway or of Dubai Pulse, or says why it can't be one.</summary>
internal sealed class RentRowParser(DateOnly today, AreaNames areas)
{
    private readonly Dictionary<string, string> canonical = new(StringComparer.Ordinal);

    public RentRow Parse(int line, Func<string, string?> field)
    {
        string? Text(params ReadOnlySpan<string> names)
        {
            foreach (var name in names)
                if (FieldText.Text(field(name)) is { } value) return value;
            return null;
        }

        var starts = Text("START_DATE", "CONTRACT_START_DATE");
        if (FieldText.Date(Text("REGISTRATION_DATE") ?? starts) is not { } registered)
            return new(line, null, "The registration date can't be read.");
        if (FieldText.Number(Text("ANNUAL_AMOUNT")) is not { } rent || Math.Abs(rent) > 1e12)
            return new(line, null, "The annual rent is missing.");
        if (Text("AREA_EN", "AREA_NAME_EN") is not { } published) return new(line, null, "The area is missing.");
        if (!canonical.TryGetValue(published, out var area)) canonical[published] = area = areas.Canonical(published);
        var subType = Text("PROP_SUB_TYPE_EN", "EJARI_PROPERTY_SUB_TYPE_EN");
        var contract = new RentContract
        {
            Market = "dubai",
            Currency = "AED",
            RegisteredOn = registered,
            StartsOn = FieldText.Date(starts),
            EndsOn = FieldText.Date(Text("END_DATE", "CONTRACT_END_DATE")),
            Renewal = Text("VERSION_EN", "CONTRACT_REG_TYPE_EN")?.StartsWith("Renew", StringComparison.OrdinalIgnoreCase) == true,
            Area = area,
            Project = Text("PROJECT_EN", "PROJECT_NAME_EN"),
            Kind = KindOf(Text("PROP_TYPE_EN", "EJARI_PROPERTY_TYPE_EN"), subType),
            Usage = Text("USAGE_EN", "PROPERTY_USAGE_EN") ?? "Residential",
            Bedrooms = FieldText.Bedrooms(Text("ROOMS") ?? subType),
            SizeSqm = FieldText.Number(Text("ACTUAL_AREA")) ?? 0,
            AnnualRent = (decimal)rent,
        };
        return new(line, contract with { SetAside = Judge(contract) }, null);
    }

    /// <summary>Bounds that no home's rent leaves, and contracts for anything but about a year.</summary>
    private string? Judge(RentContract contract)
    {
        if (contract.RegisteredOn > today) return "registered in the future";
        if (contract.AnnualRent is < 5_000 or > 20_000_000) return "implausible rent";
        if (contract.SizeSqm is < 8 or > 5_000) return "implausible size";
        if ((double)contract.AnnualRent / contract.SizeSqm is < 60 or > 15_000) return "implausible rent per square metre";
        return contract is { StartsOn: { } start, EndsOn: { } end } && end.DayNumber - start.DayNumber is < 300 or > 430
            ? "not a contract for a year" : null;
    }

    // The gateway says "Unit" and "Flat"; Dubai Pulse "Flat" and "2 bed rooms+hall".
    private static PropertyKind KindOf(string? type, string? subType) => Known(subType) ?? Known(type) ?? PropertyKind.Other;

    private static PropertyKind? Known(string? word) => word?.ToUpperInvariant() switch
    {
        "FLAT" or "STUDIO" or "PENTHOUSE" or "APARTMENT" or "DUPLEX" => PropertyKind.Flat,
        "VILLA" or "TOWN HOUSE" or "TOWNHOUSE" => PropertyKind.Villa,
        "HOTEL APARTMENT" or "HOTEL" => PropertyKind.HotelApartment,
        "OFFICE" => PropertyKind.Office,
        "SHOP" => PropertyKind.Shop,
        "LAND" => PropertyKind.Land,
        _ => null,
    };
}
