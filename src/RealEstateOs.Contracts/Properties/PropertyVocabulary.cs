namespace RealEstateOs.Contracts.Properties;

/// <summary>The pipeline of a property, in order; the last two are the ways it ends.</summary>
public enum PropertyStage { New, Outreach, Qualified, Negotiation, UnderContract, ClosedWon, ClosedLost }

/// <summary>What others are told of a listing; where the office's own work stands is its stage.</summary>
public enum PropertyStatus { Available, Pending, UnderContract, Sold, Rented, OffMarket }

/// <summary>Kind of home or premises. Registers and portals know fewer kinds and get the nearest.</summary>
public enum PropertyType
{
    SingleFamily, MultiFamily, Condo, Townhouse, Apartment, Villa, Penthouse, Studio, Duplex, HotelApartment, Land,
    Commercial, Office, Retail, Warehouse, Industrial, MixedUse, LuxuryApartment,
}

/// <summary>Is it offered for sale, or for rent?</summary>
public enum ListingPurpose { Sale, Rent }

/// <summary>What the price of a rent is for.</summary>
public enum RentPeriod { Year, Month, Week, Day }

public static class RentPeriods
{
    /// <summary>
    /// How rents are quoted in a country (ISO 3166 code or name): by the year in the Emirates and Saudi Arabia, else by the month.
    /// </summary>
    public static RentPeriod UsualIn(string? country) => country?.Trim().ToUpperInvariant() switch
    {
        "AE" or "ARE" or "UAE" or "UNITED ARAB EMIRATES" or "SA" or "SAU" or "KSA" or "SAUDI ARABIA" => RentPeriod.Year,
        _ => RentPeriod.Month,
    };
}

/// <summary>Is the building finished? Off-plan sales fall under escrow rules.</summary>
public enum CompletionStatus { Completed, OffPlan, CompletedPrimary, OffPlanPrimary }
