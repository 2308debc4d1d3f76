namespace RealEstateOs.Properties;

internal static class PropertiesPermissions
{
    public const string Read = "properties:read", Create = "properties:create", Update = "properties:update",
        Delete = "properties:delete", Reopen = "properties:reopen";
}
