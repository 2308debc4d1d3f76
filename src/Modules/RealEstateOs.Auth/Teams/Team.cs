using RealEstateOs.Contracts.Auth;
using RealEstateOs.Platform.Persistence;

namespace RealEstateOs.Auth.Teams;

/// <summary>A group of people within an organization; each person is in one at most.</summary>
internal sealed class Team : Entity<TeamId>
{
    public string Name { get; set; } = "";
    public string? Description { get; set; }
}
