using Microsoft.Extensions.DependencyInjection;
using RealEstateOs.Contracts.Auth;
using RealEstateOs.Platform.Persistence;
using RealEstateOs.Platform.Tenancy;

namespace RealEstateOs.Auth.Sessions;

/// <summary>
/// A transaction inside an organization for a request that nobody has signed in yet. It has a scope of its own, because the
/// request may carry the token of somebody else; and it is short, because hashing and delays happen outside.
/// </summary>
internal sealed class TenantTransaction(IServiceScopeFactory scopes, ChangeOrigin origin)
{
    public async Task<T> RunAsync<T>(OrganizationId organization, UserId? user, Func<IServiceProvider, Task<T>> act, CancellationToken ct)
    {
        await using var scope = scopes.CreateTenantScope(organization, user);
        var services = scope.ServiceProvider;
        var inside = services.GetRequiredService<ChangeOrigin>();
        (inside.RequestId, inside.Address, inside.Program) = (origin.RequestId, origin.Address, origin.Program);
        return await services.GetRequiredService<UnitOfWork>().InTransactionAsync(() => act(services), ct);
    }
}
