using RealEstateOs.Contracts.Auth;

namespace RealEstateOs.Platform.Sample;

/// <summary>What a module adds to a sample organization. Called once for each, inside its tenant and its one transaction.</summary>
public interface ISampleData
{
    /// <summary>Lower ones first: properties before the deals that refer to them.</summary>
    int Order { get; }

    Task PlantAsync(SampleContext context, CancellationToken ct);
}

/// <summary>The sample organization that is being planted; <paramref name="Services"/> is its scope.</summary>
/// <param name="People">Ids by e-mail address.</param>
public sealed record SampleContext(IServiceProvider Services, OrganizationId Organization, string Name, TeamId Team,
    IReadOnlyDictionary<string, UserId> People);
