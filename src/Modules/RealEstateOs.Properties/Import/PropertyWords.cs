using System.Text.RegularExpressions;
using RealEstateOs.Platform.Imports;

namespace RealEstateOs.Properties.Import;

/// <summary>What listing systems and spreadsheets call types, states and counts (RESO Data Dictionary 2.0, UK and UAE portals).</summary>
internal static partial class PropertyWords
{
    // RESO's PropertyType says what kind of business it is; what kind of home, its PropertySubType says in a column beside it.
    private static readonly Func<string, string?> Types = ImportWords.Of(
        "apartment: flat, apt, unit, apartments, flats, maisonette", "condo: condominium, condominiums, co-op, stock cooperative",
        "single_family: house, detached, detached house, single family residence, single family home, single family residential, sfr, bungalow, manufactured in park, semi-detached",
        "townhouse: town house, townhome, terraced, terraced house, row house",
        "multi_family: multi family home, two family, triplex, quadruplex", "villa: villas", "penthouse: ph",
        "hotel_apartment: serviced apartment, hotel apartments",
        "land: plot, lot, vacant land, unimproved land, residential land, farm, plots",
        "commercial: commercial sale, commercial lease, business opportunity",
        "office: offices, office space", "retail: shop, showroom, store", "warehouse: storage", "mixed_use: mixed",
        ": residential, residential lease, residential income");

    private static readonly Func<string, string?> Statuses = ImportWords.Of(
        "available: active, live, published, for sale, for rent, to let, on market, on the market, listed, new, vacant",
        "pending: under offer, offer accepted, reserved, sale pending, contingent, sstc, sold stc, sold subject to contract, on hold, hold",
        "under_contract: active under contract, exchanged, in escrow", "sold: closed, completed, settled",
        "rented: leased, let, let agreed, tenanted",
        "off_market: withdrawn, expired, canceled, cancelled, delisted, unpublished, draft, archived, inactive, hidden, coming soon, incomplete, delete, deleted");

    private static readonly Func<string, string?> Completions = ImportWords.Of("completed: ready, ready to move, secondary, finished",
        "off_plan: under construction, in construction");

    private static readonly Func<string, string?> Purposes = ImportWords.Of(
        "sale: for sale, sell, buy, rs, cs, residential sale, commercial sale, resale",
        "rent: for rent, to let, let, to rent, lease, for lease, rental, letting, rr, cr, residential lease, commercial lease");

    private static readonly Func<string, string?> Periods = ImportWords.Of(
        "year: yearly, annual, annually, per year, per annum, p.a.", "month: monthly, per month, pcm", "week: weekly, per week, pw",
        "day: daily, per day, nightly, per night");

    public static ImportMember Understood(ImportMember member) => member.Name switch
    {
        "property_type" => member with { Reads = Types, HasAlternatives = true },
        "status" => member with { Reads = Statuses, HasAlternatives = true },
        "purpose" => member with { Reads = Purposes },
        "rent_period" => member with { Reads = Periods },
        "completion_status" => member with { Reads = Completions },
        "bedrooms" or "bathrooms" => member with { Reads = Count },
        _ => member,
    };

    // "Studio" has no bedroom of its own; "7+" has seven at least; "2 BR" and "3 beds" have what they say.
    private static string? Count(string text) =>
        ImportWords.Plain(text) is "studio" or "studioapartment" or "st" ? "0"
            : Counted().Match(text) is { Success: true } match ? match.Groups[1].Value : null;

    [GeneratedRegex(@"^\s*(\d+(?:\.\d+)?)\s*(?:\+|(?:-?\s*(?:br|bhk|b/r|beds?|bedrooms?|baths?|bathrooms?)\.?))\s*$",
        RegexOptions.IgnoreCase)]
    private static partial Regex Counted();
}
