using FluentValidation;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using RealEstateOs.Contracts.Auth;
using RealEstateOs.Contracts.Leads;
using RealEstateOs.Leads.Records;
using RealEstateOs.Leads.Scoring;
using RealEstateOs.Platform.Authorization;
using RealEstateOs.Platform.Http;

namespace RealEstateOs.Leads.Duplicates;

/// <example>{"lead_id": "lead_1"}</example>
public sealed record MergeLeadsRequest : IRequestBody<MergeLeadsRequest>
{
    /// <summary>The lead that goes into this one.</summary>
    public LeadId? LeadId { get; init; }
}

internal sealed class MergeLeadsValidator : AbstractValidator<MergeLeadsRequest>
{
    public MergeLeadsValidator() => RuleFor(m => m.LeadId).NotNull();
}

internal static class MergeLeads
{
    /// <summary>Merges another lead into this one; both histories stay.</summary>
    public static async Task<Results<Ok<LeadResponse>, NotFound>> Handle(
        LeadId id, MergeLeadsRequest request, LeadsDb db, CurrentUser user, LeadScoring scoring, IOrganizationDirectory organizations, CancellationToken ct)
    {
        if (await db.FindAsync(id, user, LeadsPermissions.Delete, ct) is not { } lead) return TypedResults.NotFound();
        if (request.LeadId == id) throw Problem.Invalid(FieldError.Format("lead_id", "names the lead itself"));
        if (await db.FindAsync(request.LeadId!.Value, user, LeadsPermissions.Delete, ct) is not { } other)
            throw Problem.Invalid(FieldError.Format("lead_id", "names no lead of the organization"));
        await db.TakeOverAsync(lead, other, (await organizations.DefaultsAsync(ct)).Country, ct);
        await db.SaveAsync(lead, scoring, ct);
        return TypedResults.Ok(LeadResponse.Of(lead));
    }
}
