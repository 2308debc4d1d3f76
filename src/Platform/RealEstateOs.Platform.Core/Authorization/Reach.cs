namespace RealEstateOs.Platform.Authorization;

/// <summary>
/// How far a permission reaches: to no record, to own ones (held as <c>leads:read:own</c>), or to all of the organization.
/// </summary>
public enum Reach { None, Own, All }
