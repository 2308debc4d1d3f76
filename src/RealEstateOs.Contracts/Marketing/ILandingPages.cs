using RealEstateOs.Contracts.Properties;

namespace RealEstateOs.Contracts.Marketing;

/// <summary>The public pages of properties, asked for as the office: anybody may open them.</summary>
public interface ILandingPages
{
    /// <summary>The address of each property's latest published page; properties without one are left out. One query.</summary>
    Task<IReadOnlyDictionary<PropertyId, string>> AddressesAsync(IReadOnlyCollection<PropertyId> properties, CancellationToken ct);
}
