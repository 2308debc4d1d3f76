using System.Security.Cryptography;
using System.Text.Json;

namespace RealEstateOs.DevServices;

/// <summary>What is chosen once and remembered: ports and passwords. Readable by its owner alone.</summary>
internal sealed record ServiceState
{
    private const string FileName = "services.json";

    public string PostgresHost { get; init; } = "127.0.0.1";

    public int PostgresPort { get; init; }

    public int RedisPort { get; init; }

    public string SuperuserPassword { get; init; } = NewPassword();

    public string OwnerPassword { get; init; } = NewPassword();

    public string AppPassword { get; init; } = NewPassword();

    public string SystemPassword { get; init; } = NewPassword();

    public string RedisPassword { get; init; } = NewPassword();

    public static async Task<ServiceState?> LoadAsync(string dataFolder, CancellationToken ct)
    {
        var file = Path.Combine(dataFolder, FileName);
        if (!File.Exists(file)) return null;
        try
        {
            await using var stream = File.OpenRead(file);
            return await JsonSerializer.DeserializeAsync<ServiceState>(stream, cancellationToken: ct);
        }
        catch (JsonException broken)
        {
            throw new PrivateServicesException($"{file} is damaged: remove {dataFolder} and start again.", broken);
        }
    }

    public async Task SaveAsync(string dataFolder, CancellationToken ct)
    {
        var file = Path.Combine(dataFolder, FileName);
        var draft = file + ".new";
        var create = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows()) create.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        await using (var stream = new FileStream(draft, create)) await JsonSerializer.SerializeAsync(stream, this, cancellationToken: ct);
        File.Move(draft, file, overwrite: true);
        if (Environment.IsPrivilegedProcess) await Command.RunAsync(["chown", $"--reference={dataFolder}", file], null, ct);
    }

    private static string NewPassword() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(24));
}
