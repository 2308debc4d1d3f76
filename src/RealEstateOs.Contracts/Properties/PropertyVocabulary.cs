namespace RealEstateOs.Contracts.Properties;

/// <summary>The pipeline of a property, in order; the last two are the ways it ends.</summary>
public enum PropertyStage { New, Outreach, Qualified, Negotiation, UnderContract, ClosedWon, ClosedLost }

public enum PropertyStatus { Available, Pending, UnderContract, Sold, Rented, OffMarket }

public enum PropertyType
{
    SingleFamily, MultiFamily, Condo, Townhouse, Apartment, Villa, Penthouse, Studio, Duplex, HotelApartment, Land,
    Commercial, Office, Retail, Warehouse, Industrial, MixedUse, LuxuryApartment,
}

/// <summary>Is the building finished? Off-plan sales fall under escrow rules.</summary>
public enum CompletionStatus { Completed, OffPlan, CompletedPrimary, OffPlanPrimary }
