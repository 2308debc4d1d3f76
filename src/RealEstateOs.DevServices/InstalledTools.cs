using System.Globalization;
using System.Text.RegularExpressions;

namespace RealEstateOs.DevServices;

internal sealed record PostgresTools(string Folder, int Version)
{
    public string Postgres => Path.Combine(Folder, "postgres");

    public string InitDb => Path.Combine(Folder, "initdb");
}

/// <summary>Finds the servers that the machine has: in PATH and where Debian puts them.</summary>
internal static partial class InstalledTools
{
    private const int OldestPostgres = 14;

    /// <param name="clusterVersion">The version that made the existing cluster; no other may open it.</param>
    /// <param name="ct">Stops the search.</param>
    public static async Task<PostgresTools> FindPostgresAsync(int? clusterVersion, CancellationToken ct)
    {
        var found = new List<PostgresTools>();
        foreach (var folder in PostgresFolders())
        {
            if (!File.Exists(Path.Combine(folder, "initdb")) || !File.Exists(Path.Combine(folder, "postgres"))) continue;
            var said = await Command.RunAsync([Path.Combine(folder, "postgres"), "--version"], null, ct);
            var version = VersionNumber().Match(said.Output);
            if (version.Success) found.Add(new PostgresTools(folder, int.Parse(version.ValueSpan, CultureInfo.InvariantCulture)));
        }

        if (found.Count == 0)
            throw new PrivateServicesException("PostgreSQL is not installed: apt-get install postgresql redis-server");
        if (clusterVersion is { } needed)
        {
            return found.Find(tools => tools.Version == needed)
                ?? throw new PrivateServicesException(
                    $"The data was made by PostgreSQL {needed}, which is no longer installed: "
                        + $"apt-get install postgresql-{needed}, or remove the data folder.");
        }

        var newest = found.MaxBy(tools => tools.Version)!;
        return newest.Version >= OldestPostgres
            ? newest
            : throw new PrivateServicesException($"PostgreSQL {newest.Version} is too old: {OldestPostgres} or newer is needed.");
    }

    public static string FindRedis() =>
        PathFolders().Concat(["/usr/bin", "/usr/local/bin"])
            .Select(folder => Path.Combine(folder, "redis-server"))
            .FirstOrDefault(File.Exists)
        ?? throw new PrivateServicesException("Redis is not installed: apt-get install redis-server");

    private static IEnumerable<string> PostgresFolders()
    {
        const string debian = "/usr/lib/postgresql";
        var versions = Directory.Exists(debian) ? Directory.GetDirectories(debian).Select(folder => Path.Combine(folder, "bin")) : [];
        return versions.Concat(PathFolders()).Distinct();
    }

    private static string[] PathFolders() =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':', StringSplitOptions.RemoveEmptyEntries);

    [GeneratedRegex(@"(?<=PostgreSQL\) )\d+")]
    private static partial Regex VersionNumber();
}
