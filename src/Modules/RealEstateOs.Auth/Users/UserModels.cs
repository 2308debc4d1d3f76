using System.ComponentModel.DataAnnotations;
using FluentValidation;
using Microsoft.Extensions.Options;
using RealEstateOs.Contracts.Auth;
using RealEstateOs.Platform.Contacts;
using RealEstateOs.Platform.Http;

namespace RealEstateOs.Auth.Users;

/// <summary>The members of a user that a client may write.</summary>
public abstract record UserFields : PartialBody
{
    /// <summary>The person signs in with it; of one account only.</summary>
    [MaxLength(254)] public string? Email { get; init; }
    /// <summary>Given name, up to 100 letters.</summary>
    [MaxLength(100)] public string? FirstName { get; init; }
    /// <summary>Family name, up to 100 letters.</summary>
    [MaxLength(100)] public string? LastName { get; init; }
    /// <summary>A person created without one gets an invitation by mail.</summary>
    [MaxLength(256)] public string? Password { get; init; }
    /// <summary>Name of the role; for several, use <c>role_ids</c>.</summary>
    [MaxLength(100)] public string? Role { get; init; }
    /// <summary>All roles of the person; replaces <c>role</c>.</summary>
    public IReadOnlyList<RoleId>? RoleIds { get; init; }
    public TeamId? TeamId { get; init; }
    /// <summary>In international form, such as +971501234567; stands in mails and on landing pages.</summary>
    [MaxLength(40)] public string? Phone { get; init; }
    /// <summary>False deactivates: the person's sessions end at once.</summary>
    public bool? IsActive { get; init; }
}

/// <example>{"email": "noor.saleh@example.com", "first_name": "Noor", "last_name": "Saleh", "role": "agent"}</example>
public sealed record CreateUserRequest : UserFields, IRequestBody<CreateUserRequest>;

/// <example>{"phone": "+971503456789"}</example>
public sealed record UpdateUserRequest : UserFields, IRequestBody<UpdateUserRequest>;

internal sealed class CreateUserValidator : AbstractValidator<CreateUserRequest>
{
    public CreateUserValidator(IOptions<AuthOptions> options)
    {
        RuleFor(u => u.Email).NotEmpty().IsEmailAddress();
        RuleFor(u => u.Phone).IsPhoneNumber();
        RuleFor(u => u.FirstName).NotEmpty().IsOneLine();
        RuleFor(u => u.LastName).NotEmpty().IsOneLine();
        RuleFor(u => u.Password).MeetsPolicy(options.Value.Password).When(u => u.Password is not null);
        RuleFor(u => u.RoleIds).Must(r => r is { Count: > 0 }).When(u => u.Has(nameof(u.RoleIds))).WithMessage("must name a role");
    }
}

internal sealed class UpdateUserValidator : AbstractValidator<UpdateUserRequest>
{
    public UpdateUserValidator(IOptions<AuthOptions> options)
    {
        RuleFor(u => u.Email).NotEmpty().IsEmailAddress().When(u => u.Has(nameof(u.Email)));
        RuleFor(u => u.Phone).IsPhoneNumber();
        RuleFor(u => u.FirstName).NotEmpty().IsOneLine().When(u => u.Has(nameof(u.FirstName)));
        RuleFor(u => u.LastName).NotNull().IsOneLine().When(u => u.Has(nameof(u.LastName)));
        RuleFor(u => u.Password).NotEmpty().MeetsPolicy(options.Value.Password).When(u => u.Has(nameof(u.Password)));
        RuleFor(u => u.Role).NotEmpty().When(u => u.Has(nameof(u.Role)));
        RuleFor(u => u.RoleIds).Must(r => r is { Count: > 0 }).When(u => u.Has(nameof(u.RoleIds))).WithMessage("must name a role");
        RuleFor(u => u.IsActive).NotNull().When(u => u.Has(nameof(u.IsActive)));
    }
}
