namespace RealEstateOs.Crm;

/// <summary>Registered as the usual four of a resource.</summary>
internal static class CrmPermissions
{
    public const string Read = "clients:read", Create = "clients:create", Update = "clients:update", Delete = "clients:delete";
}
