using System.ComponentModel.DataAnnotations;
using System.Linq.Expressions;
using FluentValidation;
using RealEstateOs.Contracts.Auth;
using RealEstateOs.Platform.Authorization;
using RealEstateOs.Platform.Http;

namespace RealEstateOs.Auth.Roles;

/// <summary>The members of a role that a client may write.</summary>
public abstract record RoleFields : PartialBody
{
    /// <summary>Letters, digits, spaces and _ . -, beginning with a letter or digit.</summary>
    [MaxLength(100)] public string? Name { get; init; }
    /// <summary>Whom the role is for, up to 1,000 letters.</summary>
    [MaxLength(1000)] public string? Description { get; init; }
    /// <summary>Names as in <c>/permissions</c>; with <c>:own</c> behind, for own records only.</summary>
    [MaxLength(100)] public string[]? Permissions { get; init; }
}

/// <example>{"name": "Listing coordinator", "permissions": ["properties:read", "properties:update"]}</example>
public sealed record CreateRoleRequest : RoleFields, IRequestBody<CreateRoleRequest>;

/// <example>{"description": "Keeps listings and permits in order."}</example>
public sealed record UpdateRoleRequest : RoleFields, IRequestBody<UpdateRoleRequest>;

internal abstract class RoleFieldsValidator<T> : AbstractValidator<T> where T : RoleFields
{
    protected RoleFieldsValidator(PermissionCatalogue catalogue)
    {
        RuleFor(r => r.Name).Matches(@"^[\p{L}\p{N}][\p{L}\p{N} _.-]*\z").WithMessage("may have letters, digits, spaces and _ . -");
        RuleFor(r => r.Permissions).Custom((permissions, context) =>
        {
            foreach (var unknown in (permissions ?? []).Where(p => !catalogue.Knows(p)))
                context.AddFailure($"has no permission {unknown}; GET /api/v1/permissions lists them");
        });
    }
}

internal sealed class CreateRoleValidator : RoleFieldsValidator<CreateRoleRequest>
{
    public CreateRoleValidator(PermissionCatalogue catalogue) : base(catalogue) => RuleFor(r => r.Name).NotEmpty();
}

internal sealed class UpdateRoleValidator : RoleFieldsValidator<UpdateRoleRequest>
{
    public UpdateRoleValidator(PermissionCatalogue catalogue) : base(catalogue) =>
        RuleFor(r => r.Name).NotEmpty().When(r => r.Has(nameof(r.Name)));
}

/// <summary>A role as the API shows it.</summary>
/// <inheritdoc cref="RoleFields"/>
public sealed record RoleResponse : EntityResponse<RoleId>
{
    public required string Name { get; init; }
    public string? Description { get; init; }
    public required string[] Permissions { get; init; }
    /// <summary>One of the four that every organization has.</summary>
    public bool IsSystem { get; init; }

    internal static readonly Expression<Func<Role, RoleResponse>> Projection = r => new RoleResponse
    {
        Id = r.Id, OrganizationId = r.OrganizationId, Name = r.Name, Description = r.Description, Permissions = r.Permissions,
        IsSystem = r.IsSystem,
        CreatedBy = r.CreatedBy, CreatedAt = r.CreatedAt, UpdatedAt = r.UpdatedAt, Version = r.Version,
    };

    internal static readonly Func<Role, RoleResponse> Of = Projection.Compile();
}

/// <summary>A permission as the API shows it.</summary>
/// <param name="Name">resource:action, such as properties:update.</param>
/// <param name="Resource">What is before the colon, such as properties.</param>
/// <param name="Action">What is behind the colon, such as update.</param>
/// <param name="Description">What it lets a person do, as a sentence.</param>
public sealed record PermissionResponse(PermissionId Id, string Name, string Resource, string Action, string Description,
    DateTimeOffset CreatedAt)
{
    internal static readonly Expression<Func<Permission, PermissionResponse>> Projection =
        p => new PermissionResponse(p.Id, p.Name, p.Name.Substring(0, p.Name.IndexOf(":")), p.Name.Substring(p.Name.IndexOf(":") + 1),
            p.Description, p.CreatedAt);
}
