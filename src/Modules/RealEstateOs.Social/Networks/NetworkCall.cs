using System.Text.Json;
using RealEstateOs.Contracts.Auth;
using RealEstateOs.Contracts.Social;
using RealEstateOs.Platform.Persistence;

namespace RealEstateOs.Social.Networks;

/// <summary>A call to a network about a post, or what a dry run would have called; secrets are left out.</summary>
internal sealed class NetworkCall : ITenantOwned, INotAudited
{
    public long Id { get; set; }
    public OrganizationId OrganizationId { get; set; }
    public PostId PostId { get; set; }
    public int Claim { get; set; }
    public required string Step { get; set; }
    public required string Method { get; set; }
    public required string Url { get; set; }
    public JsonElement Headers { get; set; }
    public string? Body { get; set; }
    /// <summary>Null where no answer came, or none was asked for.</summary>
    public int? Status { get; set; }
    public string? Answer { get; set; }
    public int DurationMs { get; set; }
    public DateTimeOffset CalledAt { get; set; }
}
