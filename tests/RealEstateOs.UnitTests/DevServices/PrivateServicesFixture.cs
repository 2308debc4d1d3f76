using RealEstateOs.DevServices;

namespace RealEstateOs.UnitTests.DevServices;

/// <summary>One private cluster and one Redis in a folder of their own, stopped and removed afterwards.</summary>
public sealed class PrivateServicesFixture : IAsyncLifetime
{
    internal PrivateServiceOptions Options { get; } = new()
    {
        // Not a private temporary folder: started by root, the servers run as another user, who has to get in.
        DataFolder = Path.Combine(Path.GetTempPath(), $"reos-services-{Guid.NewGuid():N}"),
        ForTests = true,
    };

    public async ValueTask InitializeAsync() => await PrivateServices.EnsureAsync(Options);

    public async ValueTask DisposeAsync()
    {
        await PrivateServices.StopAsync(Options.DataFolder);
        Directory.Delete(Options.DataFolder, recursive: true);
    }
}
