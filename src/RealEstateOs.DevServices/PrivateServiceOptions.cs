namespace RealEstateOs.DevServices;

/// <summary>Where the private services keep their data, and for whom they run.</summary>
public sealed record PrivateServiceOptions
{
    /// <summary>Holds everything: ports and passwords, the cluster, Redis and the logs.</summary>
    public string DataFolder { get; init; } = DefaultDataFolder();

    /// <summary>Trades the survival of a power cut for speed: no fsync, and a broken cluster is made anew.</summary>
    public bool ForTests { get; init; }

    /// <summary>A PostgreSQL that somebody else runs, such as a container, in place of a cluster in the data folder.</summary>
    public PostgresElsewhere? Postgres { get; init; }

    /// <summary>The database that the addresses name; created when absent.</summary>
    public string DatabaseName { get; init; } = "realestateos";

    /// <summary>
    /// REOS_DATA_FOLDER, else <c>.data</c> in the repository around the program, else <c>.data</c> in the current folder.
    /// </summary>
    public static string DefaultDataFolder()
    {
        if (Environment.GetEnvironmentVariable("REOS_DATA_FOLDER") is { Length: > 0 } chosen) return Path.GetFullPath(chosen);
        return Path.GetFullPath(Path.Combine(RepositoryFolder() ?? "", ".data"));
    }

    /// <summary>The repository around the program; null where it runs by itself.</summary>
    public static string? RepositoryFolder()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            if (File.Exists(Path.Combine(folder.FullName, "RealEstateOs.sln"))) return folder.FullName;
        return null;
    }
}

/// <summary>Where it listens, and the password of its superuser <c>postgres</c>.</summary>
public sealed record PostgresElsewhere(string Host, int Port, string Password);
