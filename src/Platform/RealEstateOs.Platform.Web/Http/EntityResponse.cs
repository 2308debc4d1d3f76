using System.Text.Json.Serialization;
using RealEstateOs.Contracts.Auth;
using RealEstateOs.Contracts.Ids;

namespace RealEstateOs.Platform.Http;

/// <summary>What the answer of every resource has: whose it is stands first, by whom and when last.</summary>
public abstract record VersionedResponse : IVersionedResponse
{
    [JsonPropertyOrder(-1)] public required OrganizationId OrganizationId { get; init; }
    [JsonPropertyOrder(1)] public UserId? CreatedBy { get; init; }
    [JsonPropertyOrder(2)] public DateTimeOffset CreatedAt { get; init; }
    [JsonPropertyOrder(3)] public DateTimeOffset UpdatedAt { get; init; }

    [JsonIgnore] public uint Version { get; init; }

    [JsonIgnore] public abstract string Reference { get; }

    [JsonIgnore] public virtual bool ShowsOtherRows => false;
}

/// <summary>The same with the resource's id before all.</summary>
public abstract record EntityResponse<TId> : VersionedResponse where TId : struct, IEntityId<TId>
{
    [JsonPropertyOrder(-2)] public required TId Id { get; init; }

    [JsonIgnore] public override string Reference => Id.Reference();
}
