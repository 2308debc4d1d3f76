using Microsoft.Extensions.DependencyInjection;
using RealEstateOs.Contracts.Auth;

namespace RealEstateOs.Platform.Tenancy;

public static class TenantScopes
{
    /// <summary>A scope for work outside a request (a job, an event handler), in the name of one tenant.</summary>
    public static AsyncServiceScope CreateTenantScope(this IServiceScopeFactory scopes, OrganizationId organization, UserId? user = null)
    {
        var scope = scopes.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<Tenant>().Enter(organization, user);
        return scope;
    }
}
