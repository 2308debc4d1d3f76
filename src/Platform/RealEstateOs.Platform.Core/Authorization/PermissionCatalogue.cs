using Microsoft.Extensions.DependencyInjection;

namespace RealEstateOs.Platform.Authorization;

/// <summary>The roles that every organization starts with.</summary>
[Flags]
public enum DefaultRoles
{
    None = 0,
    Admin = 1,
    Manager = 2,
    Agent = 4,
    Viewer = 8,
}

/// <summary>A permission that a module knows. An admin has all; <paramref name="Roles"/> says which other default roles get it.</summary>
public sealed record PermissionDefinition(string Name, string Description, DefaultRoles Roles);

/// <summary>Every permission of this version, collected from the modules.</summary>
public sealed class PermissionCatalogue
{
    public PermissionCatalogue(IEnumerable<PermissionDefinition> definitions)
    {
        All = [.. definitions.GroupBy(d => d.Name, StringComparer.Ordinal).Select(g => g.Last()).OrderBy(d => d.Name,
            StringComparer.Ordinal)];
        Names = All.Select(d => d.Name).ToHashSet(StringComparer.Ordinal);
    }

    public IReadOnlyList<PermissionDefinition> All { get; }

    public IReadOnlySet<string> Names { get; }

    /// <summary>May a role name it? Also the <c>:own</c> form of each is known.</summary>
    public bool Knows(string permission) => Names.Contains(permission)
        || (permission.EndsWith(Permissions.OwnSuffix, StringComparison.Ordinal)
            && Names.Contains(permission[..^Permissions.OwnSuffix.Length]));

    public IEnumerable<string> Of(DefaultRoles role) =>
        All.Where(d => role == DefaultRoles.Admin || d.Roles.HasFlag(role)).Select(d => d.Name);
}

public static class PermissionRegistration
{
    /// <summary>Names a module's permissions; they reach the database and the default roles at the next start.</summary>
    public static IServiceCollection AddPermissions(this IServiceCollection services, params PermissionDefinition[] permissions)
    {
        foreach (var permission in permissions) services.AddSingleton(permission);
        return services;
    }

    /// <summary>The usual four of a working resource: all read, agents create and update, managers delete.</summary>
    public static IServiceCollection AddResourcePermissions(this IServiceCollection services, string resource, string noun) =>
        services.AddPermissions(
            new PermissionDefinition($"{resource}:read", $"See {noun}", DefaultRoles.Manager | DefaultRoles.Agent | DefaultRoles.Viewer),
            new PermissionDefinition($"{resource}:create", $"Add {noun}", DefaultRoles.Manager | DefaultRoles.Agent),
            new PermissionDefinition($"{resource}:update", $"Change {noun}", DefaultRoles.Manager | DefaultRoles.Agent),
            new PermissionDefinition($"{resource}:delete", $"Delete and restore {noun}", DefaultRoles.Manager));
}
