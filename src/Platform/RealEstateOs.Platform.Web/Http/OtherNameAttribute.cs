namespace RealEstateOs.Platform.Http;

/// <summary>
/// A query parameter that clients of older interfaces send in place of another one; the description of the API marks it as deprecated.
/// </summary>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Parameter)]
public sealed class OtherNameAttribute : Attribute;
