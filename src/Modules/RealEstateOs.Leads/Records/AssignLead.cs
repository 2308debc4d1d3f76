using FluentValidation;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using RealEstateOs.Contracts.Auth;
using RealEstateOs.Contracts.Leads;
using RealEstateOs.Leads.Scoring;
using RealEstateOs.Platform.Authorization;
using RealEstateOs.Platform.Http;

namespace RealEstateOs.Leads.Records;

/// <example>{"user_id": 1}</example>
public sealed record AssignLeadRequest : IRequestBody<AssignLeadRequest>
{
    /// <summary>Also taken as <c>assigned_to</c>.</summary>
    [Alias("assigned_to")] public UserId? UserId { get; init; }
}

internal sealed class AssignLeadValidator : AbstractValidator<AssignLeadRequest>
{
    public AssignLeadValidator() => RuleFor(a => a.UserId).NotNull();
}

internal static class AssignLead
{
    /// <summary>Gives the lead to an agent of the organization.</summary>
    public static async Task<Results<Ok<LeadResponse>, NotFound>> Handle(
        LeadId id, AssignLeadRequest request, LeadsDb db, CurrentUser user, LeadScoring scoring, IOrganizationDirectory organizations,
        CancellationToken ct)
    {
        if (await db.FindAsync(id, user, LeadsPermissions.Assign, ct) is not { } lead) return TypedResults.NotFound();
        await organizations.RequireAsync(null, request.UserId, ct, userMember: "user_id");
        db.Assign(lead, request.UserId, "manual");
        await db.SaveAsync(lead, scoring, ct);
        return TypedResults.Ok(LeadResponse.Of(lead));
    }
}
