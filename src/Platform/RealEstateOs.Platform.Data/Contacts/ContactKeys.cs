using Microsoft.Extensions.DependencyInjection;
using RealEstateOs.Platform.Jobs;

namespace RealEstateOs.Platform.Contacts;

/// <summary>
/// A table that keeps keys of addresses or numbers (<see cref="EmailAddress.Normalise"/>, <see cref="PhoneNumber.Normalise"/>). Where these
/// learn to read more, or better, what was stored before is read anew, once.
/// </summary>
public interface IContactKeys
{
    /// <summary>With its schema; it has <c>id</c> and <c>organization_id</c>.</summary>
    static abstract string Table { get; }

    /// <summary>
    /// Reads these rows of the current tenant anew and saves what changed, in the caller's transaction; answers how many did. Reading them
    /// again changes nothing.
    /// </summary>
    Task<int> RenewAsync(IReadOnlyList<long> ids, string? country, CancellationToken ct);
}

internal sealed record ContactTable(string Name, Type Keys);

public static class ContactKeysRegistration
{
    /// <summary>Has the keys of a table renewed after an update of the program.</summary>
    public static IServiceCollection AddContactKeys<TKeys>(this IServiceCollection services) where TKeys : class, IContactKeys =>
        services.AddScoped<TKeys>().AddSingleton(new ContactTable(TKeys.Table, typeof(TKeys)));

    internal static IServiceCollection AddPlatformContacts(this IServiceCollection services) =>
        services.AddJob<RenewContactKeys, NoInput>(RenewContactKeys.Kind, "maintenance", concurrency: 1, timeout: TimeSpan.FromHours(2),
            announced: false);

    /// <summary>At start: puts the renewal into the queue where one is due.</summary>
    public static async Task RenewContactKeysAsync(this IServiceProvider services, CancellationToken ct)
    {
        await using var scope = services.CreateAsyncScope();
        if (await ActivatorUtilities.CreateInstance<RenewContactKeys>(scope.ServiceProvider).IsDueAsync(ct))
            await scope.ServiceProvider.GetRequiredService<JobQueue>().EnqueueForInstallationAsync(RenewContactKeys.Kind, new NoInput(), ct,
                uniqueKey: "once");
    }
}
