using Npgsql;

namespace RealEstateOs.Platform.Persistence;

/// <summary>
/// The two doors to the database. <see cref="App"/> serves requests under a role that owns nothing and sees one tenant at a
/// time. <see cref="System"/> is for work across tenants (outbox, schedules, sign-in by e-mail) under its own row policies.
/// </summary>
public sealed class DataSources(NpgsqlDataSource app, NpgsqlDataSource system) : IAsyncDisposable
{
    public NpgsqlDataSource App { get; } = app;

    public NpgsqlDataSource System { get; } = system;

    /// <summary>
    /// Sessions are not reset between uses (a round trip each, and with prepared statements seven commands): whoever opens one of the
    /// application says for whom (<see cref="TenantSession"/>), and whoever takes a session lock of the system gives it back.
    /// </summary>
    public static DataSources Create(string appConnectionString, string systemConnectionString, int maxPoolSize) => new(
        Build(appConnectionString, maxPoolSize, "realestateos"),
        Build(systemConnectionString, Math.Max(4, maxPoolSize / 2), "realestateos-system"));

    private static NpgsqlDataSource Build(string connectionString, int maxPoolSize, string name)
    {
        var settings = new NpgsqlConnectionStringBuilder(connectionString)
        {
            ApplicationName = name, MaxPoolSize = maxPoolSize, MaxAutoPrepare = 200, AutoPrepareMinUsages = 2, NoResetOnClose = true,
            Timeout = 5, CommandTimeout = 30, IncludeErrorDetail = false,
        };
        return new NpgsqlDataSourceBuilder(settings.ConnectionString) { Name = name }.Build();
    }

    public async ValueTask DisposeAsync()
    {
        await App.DisposeAsync();
        await System.DisposeAsync();
    }
}
