using RealEstateOs.Platform.Imports;
using RealEstateOs.Properties.Listings;

namespace RealEstateOs.Properties.Import;

/// <summary>The members that a file of properties can fill, and the headings under which such files carry them.</summary>
internal static class PropertyColumns
{
    public const string ExternalId = "external_id", SaleDate = "sale_date";

    private static readonly Dictionary<string, string[]> Headings = new()
    {
        [ExternalId] = ["id", "ref", "reference", "reference_number", "property_ref_no", "listing_key", "listing_id", "reference_no",
            "source_system_key", "mls", "mls_id", "mls_number", "parcel_number", "parcel_id", "pid", "property_id"],
        ["address"] = ["street_address", "full_address", "property_address", "unparsed_address", "street", "address_line_1",
            "formatted_address", "full"],
        ["city"] = ["town"],
        ["state"] = ["state_or_province", "province", "region", "emirate"],
        ["zip_code"] = ["zip", "postal_code", "postcode", "zip_postal"],
        ["latitude"] = ["lat"],
        ["longitude"] = ["long", "lng", "lon"],
        ["property_type"] = ["type", "home_type", "property_sub_type"],
        ["status"] = ["listing_status", "property_status", "standard_status", "mls_status"],
        ["purpose"] = ["offering_type", "property_purpose", "listing_purpose", "sale_or_rent", "rent_or_sale"],
        ["rent_period"] = ["rent_frequency", "rental_period", "price_period", "payment_period", "rental_frequency"],
        ["price"] = ["list_price", "listing_price", "asking_price", "sale_price", "sold_price", "close_price", "price_aed", "price_usd",
            "amount", "price.amount", "price.value", "pricing.price", "pricing.amount"],
        ["estimated_value"] = ["estimate", "estimated_price", "market_value", "value"],
        ["bedrooms"] = ["beds", "bedrooms_total", "no_of_bedrooms", "num_bedrooms", "bed", "br"],
        ["bathrooms"] = ["baths", "bathrooms_total", "no_of_bathrooms", "num_bathrooms", "bath", "ba", "bathrooms_total_integer",
            "bathrooms_total_decimal"],
        ["square_feet"] = ["sqft", "sqft_living", "living_area", "living_area_sqft", "size_sqft", "area_sq_ft", "square_footage",
            "built_up_area_sqft", "size", "area_sqm", "area_m2", "built_up_area", "bua", "building_area_total", "floor_area",
            "internal_area", "size.value", "area.value"],
        ["lot_size"] = ["sqft_lot", "lot_sqft", "lot_size_sqft", "plot_size", "plot_area", "lot_area", "land_area", "lot_size_square_feet"],
        ["year_built"] = ["yr_built", "built", "construction_year", "built_in"],
        ["description"] = ["public_remarks", "remarks", "property_description"],
        ["features"] = ["feature"],
        ["amenities"] = ["amenity"],
        ["tags"] = ["tag", "labels"],
        ["owner_name"] = ["owner", "seller_name"],
        ["owner_phone"] = ["phone", "owner_mobile", "owner_telephone"],
        ["owner_email"] = ["email", "owner_mail"],
        ["current_stage"] = ["stage", "pipeline_stage"],
        ["assigned_user_id"] = ["agent_id", "assigned_to"],
        ["community"] = ["neighborhood", "neighbourhood", "subdivision", "locality", "subdivision_name", "sub_community"],
        ["building"] = ["tower", "tower_name", "building_name"],
        ["permit_number"] = ["trakheesi", "permit"],
        ["completion_status"] = ["completion"],
        ["currency"] = ["price.currency", "pricing.currency", "currency_code", "list_price_currency"],
        [SaleDate] = ["date", "sold_date", "date_sold", "sold_on", "close_date", "closing_date", "transaction_date"],
    };

    public static IReadOnlyList<ImportMember> All { get; } =
    [
        .. ImportMembers.Of<CreatePropertyRequest>(["address", "city"], Headings).Select(PropertyWords.Understood),
        new ImportMember(SaleDate, CellKind.Date, Headings[SaleDate]),
        .. ConsentColumns.OfOwners,
        new ImportMember(ImportMember.OwnId, CellKind.Text),
        new ImportMember(ImportMember.AreaUnit, CellKind.Text, "size_unit", "area_units", "living_area_units", "property_size_unit"),
    ];

    /// <summary>
    /// A file of public records names parcels and places on the map, not streets: such a house is called by what the file does know.
    /// </summary>
    public static string? Fallback(string member, IReadOnlySet<string> mapped) => member switch
    {
        "address" when mapped.Contains(ExternalId) => "Property {external_id}",
        "address" when mapped.Contains("latitude") && mapped.Contains("longitude") => "{latitude}, {longitude}",
        "city" when mapped.Contains("community") => "{community}",
        "city" when mapped.Contains("zip_code") => "ZIP {zip_code}",
        "city" when mapped.Contains("state") => "{state}",
        _ => null,
    };
}
