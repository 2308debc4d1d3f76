using System.ComponentModel.DataAnnotations;
using System.Linq.Expressions;
using FluentValidation;
using RealEstateOs.Contracts.Auth;
using RealEstateOs.Platform.Http;

namespace RealEstateOs.Auth.Teams;

/// <summary>The members of a team that a client may write.</summary>
public abstract record TeamFields : PartialBody
{
    /// <summary>What the office calls the team, up to 200 letters.</summary>
    [MaxLength(200)] public string? Name { get; init; }
    /// <summary>What the team does, up to 1,000 letters.</summary>
    [MaxLength(1000)] public string? Description { get; init; }
}

/// <example>{"name": "Marina", "description": "Dubai Marina and JBR"}</example>
public sealed record CreateTeamRequest : TeamFields, IRequestBody<CreateTeamRequest>;

/// <example>{"description": "Dubai Marina, JBR and Bluewaters"}</example>
public sealed record UpdateTeamRequest : TeamFields, IRequestBody<UpdateTeamRequest>;

/// <example>{"user_id": 1}</example>
public sealed record AddMemberRequest : IRequestBody<AddMemberRequest>
{
    public UserId? UserId { get; init; }
}

internal sealed class CreateTeamValidator : AbstractValidator<CreateTeamRequest>
{
    public CreateTeamValidator() => RuleFor(t => t.Name).NotEmpty().IsOneLine();
}

internal sealed class UpdateTeamValidator : AbstractValidator<UpdateTeamRequest>
{
    public UpdateTeamValidator() => RuleFor(t => t.Name).NotEmpty().IsOneLine().When(t => t.Has(nameof(t.Name)));
}

internal sealed class AddMemberValidator : AbstractValidator<AddMemberRequest>
{
    public AddMemberValidator() => RuleFor(m => m.UserId).NotNull();
}

/// <summary>A team as the API shows it.</summary>
/// <inheritdoc cref="TeamFields"/>
public sealed record TeamResponse : EntityResponse<TeamId>
{
    public required string Name { get; init; }
    public string? Description { get; init; }

    internal static readonly Expression<Func<Team, TeamResponse>> Projection = t => new TeamResponse
    {
        Id = t.Id, OrganizationId = t.OrganizationId, Name = t.Name, Description = t.Description,
        CreatedBy = t.CreatedBy, CreatedAt = t.CreatedAt, UpdatedAt = t.UpdatedAt, Version = t.Version,
    };

    internal static readonly Func<Team, TeamResponse> Of = Projection.Compile();
}
