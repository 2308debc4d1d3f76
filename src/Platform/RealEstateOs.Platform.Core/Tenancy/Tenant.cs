using RealEstateOs.Contracts.Auth;

namespace RealEstateOs.Platform.Tenancy;

/// <summary>Whose rows this scope (a request, a job, an event handler) may see. Set once, before the first query.</summary>
public sealed class Tenant
{
    public OrganizationId? Organization { get; private set; }

    public UserId? User { get; private set; }

    /// <summary>The organization; fails where none was entered, because "all tenants" is never a default.</summary>
    public OrganizationId Required => Organization ?? throw new InvalidOperationException("No tenant was entered in this scope.");

    public void Enter(OrganizationId organization, UserId? user)
    {
        if (Organization is { } current && current != organization)
            throw new InvalidOperationException("A scope belongs to one tenant; open another scope for another tenant.");
        Organization = organization;
        User = user;
    }
}
