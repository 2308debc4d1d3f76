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
        services.AddValidators(typeof(TDb).Assembly);
        return services.AddScoped(provider =>
        {
            var db = provider.GetRequiredService<PooledDbContextFactory<TDb>>().CreateDbContext();
            provider.GetRequiredService<UnitOfWork>().Enlist(db);
            return db;
        });
    }

    // The library's own scan asks every type for all its interfaces: a tenth of the start.
    private static void AddValidators(this IServiceCollection services, Assembly module)
    {
        foreach (var validator in module.GetTypes().Where(t => !t.IsAbstract && typeof(IValidator).IsAssignableFrom(t)))
            foreach (var service in validator.GetInterfaces().Where(
                i => i.IsGenericType && i.GetGenericTypeDefinition() == typeof(IValidator<>)))
                services.AddSingleton(service, validator);
    }
}

/// <summary>The DbContexts there are, for tests that compare model and schema.</summary>
public sealed record ModuleDbType(Type Type, string Schema);

/// <summary>An assembly with embedded SQL migrations for one schema.</summary>
public sealed record MigrationSource(string Module, Assembly Assembly);
