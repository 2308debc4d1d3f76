using RealEstateOs.Contracts.Auth;
using RealEstateOs.Contracts.Leads;
using RealEstateOs.Platform.Persistence;

namespace RealEstateOs.Auth.ApiKeys;

/// <summary>A secret by which a form or a portal enters records of one source, and nothing else; known by its hash.</summary>
internal sealed class ApiKey : Entity<ApiKeyId>
{
    public string Name { get; set; } = "";
    [Secret] public byte[] Hash { get; set; } = [];
    /// <summary>Its first letters, by which people tell it from others.</summary>
    public string Beginning { get; set; } = "";
    public string[] Scopes { get; set; } = [];
    public LeadSource Source { get; set; } = LeadSource.Website;
    public string? Portal { get; set; }
    public DateTimeOffset? LastUsedAt { get; private set; }
    public DateTimeOffset? RevokedAt { get; set; }
}
