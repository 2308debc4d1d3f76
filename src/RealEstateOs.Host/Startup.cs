using RealEstateOs.Auth;
using RealEstateOs.DevServices;
using RealEstateOs.Platform;
using RealEstateOs.Platform.Persistence;

namespace RealEstateOs.Host;

internal static class Startup
{
    /// <summary>
    /// Settles the data folder. Without connection strings, outside Production, the host brings its own PostgreSQL and Redis.
    /// </summary>
    public static async Task AddPrivateServicesAsync(this WebApplicationBuilder builder)
    {
        var configuration = builder.Configuration;
        var folder = configuration["DataFolder"] ?? PrivateServiceOptions.DefaultDataFolder();
        configuration["DataFolder"] = folder;
        if (builder.Environment.IsProduction() || configuration.GetConnectionString("App") is not null) return;
        var services = await PrivateServices.EnsureAsync(new PrivateServiceOptions { DataFolder = folder }, Console.WriteLine);
        configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["ConnectionStrings:Owner"] = services.OwnerConnectionString,
            ["ConnectionStrings:App"] = services.AppConnectionString,
            ["ConnectionStrings:System"] = services.SystemConnectionString,
            ["ConnectionStrings:Redis"] = configuration.GetConnectionString("Redis") ?? services.RedisConfiguration,
        });
    }

    /// <summary>Brings the schema up to date where the owner's connection string is known; elsewhere an operator does.</summary>
    public static async Task MigrateAsync(this WebApplication app)
    {
        if (app.Configuration.GetConnectionString("Owner") is { } owner)
            await app.Services.GetRequiredService<MigrationRunner>().RunAsync(owner, app.Lifetime.ApplicationStopping);
    }

    /// <summary>Fills an empty database with the sample brokerages: by default in Development only.</summary>
    public static async Task PlantSampleDataAsync(this WebApplication app)
    {
        if (app.Configuration.GetValue("SampleData", app.Environment.IsDevelopment()))
            await app.Services.PlantSampleDataAsync(app.Lifetime.ApplicationStopping);
    }

    /// <summary>
    /// Sets up the request pipeline and builds its endpoints, once: the data sources of routes build theirs anew each time that they
    /// are asked.
    /// </summary>
    public static void BuildRoutes(this WebApplication app, Action<WebApplication> mapModules)
    {
        app.UsePlatform();
        app.MapPlatform();
        mapModules(app);
        var sources = ((IEndpointRouteBuilder)app).DataSources;
        var built = new DefaultEndpointDataSource(sources.SelectMany(source => source.Endpoints).ToList());
        sources.Clear();
        sources.Add(built);
    }
}
