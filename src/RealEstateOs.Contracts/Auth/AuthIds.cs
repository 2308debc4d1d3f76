using RealEstateOs.Contracts.Ids;

namespace RealEstateOs.Contracts.Auth;

public readonly record struct OrganizationId(long Value) : IEntityId<OrganizationId>
{
    public static string Prefix => "org";
    public static OrganizationId From(long value) => new(value);
    public static bool TryParse(string? text, IFormatProvider? provider, out OrganizationId id) => EntityId.TryParse(text, out id);
}

public readonly record struct TeamId(long Value) : IEntityId<TeamId>
{
    public static string Prefix => "team";
    public static TeamId From(long value) => new(value);
    public static bool TryParse(string? text, IFormatProvider? provider, out TeamId id) => EntityId.TryParse(text, out id);
}

public readonly record struct UserId(long Value) : IEntityId<UserId>
{
    public static string Prefix => "user";
    public static UserId From(long value) => new(value);
    public static bool TryParse(string? text, IFormatProvider? provider, out UserId id) => EntityId.TryParse(text, out id);
}

public readonly record struct RoleId(long Value) : IEntityId<RoleId>
{
    public static string Prefix => "role";
    public static RoleId From(long value) => new(value);
    public static bool TryParse(string? text, IFormatProvider? provider, out RoleId id) => EntityId.TryParse(text, out id);
}

public readonly record struct ApiKeyId(long Value) : IEntityId<ApiKeyId>
{
    public static string Prefix => "key";
    public static ApiKeyId From(long value) => new(value);
    public static bool TryParse(string? text, IFormatProvider? provider, out ApiKeyId id) => EntityId.TryParse(text, out id);
}

public readonly record struct PermissionId(long Value) : IEntityId<PermissionId>
{
    public static string Prefix => "perm";
    public static PermissionId From(long value) => new(value);
    public static bool TryParse(string? text, IFormatProvider? provider, out PermissionId id) => EntityId.TryParse(text, out id);
}
