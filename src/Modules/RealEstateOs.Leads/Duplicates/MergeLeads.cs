using FluentValidation;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using RealEstateOs.Contracts.Leads;
using RealEstateOs.Leads.Scoring;
using RealEstateOs.Platform.Authorization;
using RealEstateOs.Platform.Http;
using RealEstateOs.Platform.Problems;

namespace RealEstateOs.Leads.Duplicates;

/// <example>{"lead_id": 1}</example>
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
    /// <summary>
    /// Merges another lead into this one. Both histories stay, and all that names the other one (deals, clients, campaigns, sequences,
    /// messages) names this one from now on; a no to messages wins over a yes. Of two who merge the same leads at once one is told where
    /// the other lead went: 404 or 409.
    /// </summary>
    public static async Task<Results<Ok<LeadResponse>, NotFound>> Handle(
        LeadId id, MergeLeadsRequest request, LeadsDb db, CurrentUser user, LeadScoring scoring, LeadMerge merge, CancellationToken ct)
    {
        if (request.LeadId == id) throw Problem.Invalid(FieldError.Format("lead_id", "names the lead itself"));
        await db.LockAsync([id, request.LeadId!.Value], ct);
        if (await db.FindAsync(id, user, LeadsPermissions.Delete, ct) is not { } lead) return TypedResults.NotFound();
        await merge.TakeOverAsync(lead, [await OtherAsync(request.LeadId.Value, db, user, ct)], ct);
        await db.SaveAsync(lead, scoring, ct);
        return TypedResults.Ok(LeadResponse.Of(lead));
    }

    private static async Task<Lead> OtherAsync(LeadId id, LeadsDb db, CurrentUser user, CancellationToken ct)
    {
        var other = await db.Held(id).VisibleTo(user, LeadsPermissions.Delete).FirstOrDefaultAsync(ct);
        if (other is { DeletedAt: null }) return other;
        throw other?.MergedIntoId is { } into ? Problem.Conflict($"Lead {id.Value} was merged into lead {into.Value} already.",
            MergedLead.Details(into))
            : Problem.Invalid(FieldError.Format("lead_id", "names no lead of the organization"));
    }
}
