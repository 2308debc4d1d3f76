using System.Reflection;
using FluentValidation;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.Extensions.DependencyInjection;

namespace RealEstateOs.Platform.Persistence;

public static class ModuleDbRegistration
{
    private const int PoolSize = 64;

    /// <summary>Registers a module's DbContext, its SQL migrations (embedded <c>Migrations/*.sql</c>) and its validators.</summary>
    public static IServiceCollection AddModuleDb<TDb>(this IServiceCollection services, string schema) where TDb : ModuleDb
    {
        services.AddSingleton(new MigrationSource(schema, typeof(TDb).Assembly));
        var options = new DbContextOptionsBuilder<TDb>().UseNpgsql().AddInterceptors(new TenantCommandInterceptor()).Options;
        services.AddSingleton(_ => new PooledDbContextFactory<TDb>(options, PoolSize));
        services.AddSingleton(new ModuleDbType(typeof(TDb), schema));
        services.AddValidatorsFromAssemblyContaining<TDb>(ServiceLifetime.Singleton, includeInternalTypes: true);
        return services.AddScoped(provider =>
        {
            var db = provider.GetRequiredService<PooledDbContextFactory<TDb>>().CreateDbContext();
            provider.GetRequiredService<UnitOfWork>().Enlist(db);
            return db;
        });
    }
}

/// <summary>The DbContexts there are, for tests that compare model and schema.</summary>
public sealed record ModuleDbType(Type Type, string Schema);

/// <summary>An assembly with embedded SQL migrations for one schema.</summary>
public sealed record MigrationSource(string Module, Assembly Assembly);
