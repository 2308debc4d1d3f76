using System.Collections.Frozen;
using System.Text.Json;
using RealEstateOs.Platform.Serialization;

namespace RealEstateOs.Workflows.Packages;

/// <summary>The packages that come with the product; a change of one is a new version of the program.</summary>
internal static class BuiltInPackages
{
    public static readonly IReadOnlyList<PackageDefinition> All =
        [Read("new_listing_package"), Read("lead_nurturing_package"), Read("client_onboarding_package")];

    private static readonly FrozenDictionary<string, PackageDefinition> ByName = All.ToFrozenDictionary(p => p.Name!);

    public static PackageDefinition? Find(string name) => ByName.GetValueOrDefault(name);

    private static PackageDefinition Read(string name)
    {
        using var stream = typeof(BuiltInPackages).Assembly.GetManifestResourceStream(
            $"RealEstateOs.Workflows.Packages.BuiltIn.{name}.json")!;
        return JsonSerializer.Deserialize<PackageDefinition>(stream, Json.Options)!;
    }
}
