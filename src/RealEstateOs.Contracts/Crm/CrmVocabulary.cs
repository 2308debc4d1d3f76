namespace RealEstateOs.Contracts.Crm;

/// <summary>What a client does with the office.</summary>
public enum ClientType { Buyer, Seller, Landlord, Tenant, Investor }

/// <summary>What a property is to a client.</summary>
public enum ClientPropertyRelation { Interested, Viewed, Owner, Tenant, Bought }
