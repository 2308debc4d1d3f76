using FluentValidation;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using RealEstateOs.Contracts.Ids;
using RealEstateOs.Contracts.Leads;
using RealEstateOs.Contracts.Outreach;
using RealEstateOs.Outreach.Campaigns;
using RealEstateOs.Outreach.Messages;
using RealEstateOs.Platform.Authorization;
using RealEstateOs.Platform.Http;
using RealEstateOs.Platform.Jobs;
using RealEstateOs.Platform.Serialization;

namespace RealEstateOs.Outreach.Nurturing;

/// <summary>Which leads: by their ids, or by filters, not both. An empty or unknown selection is refused.</summary>
/// <example>{"lead_ids": [1]}</example>
[Selection]
public sealed record EnrollRequest : IRequestBody<EnrollRequest>
{
    /// <summary>Up to 1,000. Who was in the sequence before begins anew; who is on the way stays as they are.</summary>
    public LeadId[]? LeadIds { get; init; }
    /// <summary>In the background, and only leads that were never in the sequence.</summary>
    public AudienceFilters? Filters { get; init; }
}

internal sealed class EnrollValidator : AbstractValidator<EnrollRequest>
{
    public EnrollValidator()
    {
        RuleFor(e => e.LeadIds).NotEmpty().When(e => e.Filters is null);
        RuleFor(e => e.LeadIds).Must(l => l is null || l.Length <= 1000).WithMessage("must have at most 1000 leads; use filters for more");
        RuleFor(e => e.LeadIds).IsNotEmpty().When(e => e.Filters is not null);
        RuleFor(e => e.Filters).AsksForSomething();
        RuleFor(e => e.Filters!).SetValidator(new AudienceFiltersValidator()).When(e => e.Filters is not null);
        RuleFor(e => e.Filters).Null().When(e => e.LeadIds is not null).WithMessage("can't be given beside lead_ids");
    }
}

/// <summary>Whom a sequence took, and whom not, with the reason: already_enrolled, or the status that leads leave it at.</summary>
/// <param name="Skipped">How many were not taken, by reason.</param>
/// <param name="Enrolled">How many were taken.</param>
/// <param name="LeadIds">Those who were taken.</param>
public sealed record EnrollResponse(SequenceId SequenceId, int Enrolled, IReadOnlyCollection<LeadId> LeadIds,
    IReadOnlyDictionary<string, int> Skipped);

internal sealed record LeadsToEnroll(SequenceId SequenceId, LeadWish Wish);

internal static class EnrollLeads
{
    /// <summary>Brings leads into the sequence: named ones at once (200), those of a filter by a job (202).</summary>
    public static async Task<Results<Ok<EnrollResponse>, Accepted<JobAnswer>, NotFound>> Handle(
        SequenceId id, EnrollRequest request, OutreachDb db, Enrolling enrolling, ILeadReader leads, JobQueue jobs, CurrentUser user,
        CancellationToken ct)
    {
        if (await SequenceRecords.FindAsync(db, id, user, NurturingPermissions.Enroll, ct) is not { } sequence)
            return TypedResults.NotFound();
        if (request.Filters is { } filters)
            return TypedResults.Accepted((string?)null,
                (await jobs.EnqueueAsync(EnrollByFilter.Kind, new LeadsToEnroll(id, filters.Wish.SeenBy(user)), ct,
                    resource: id.Reference())).ToAnswer());
        var named = request.LeadIds!.Distinct().ToArray();
        var known = await leads.RequireAllAsync(named, ct);
        var fit = named.Where(l => !sequence.ExitsAt(known[l].Status)).ToArray();
        var enrolled = await enrolling.EnrollAsync(id, fit, EnrollmentSource.Manual, again: true, ct);
        var skipped = named.Where(l => sequence.ExitsAt(known[l].Status)).GroupBy(l => $"status_{Vocabulary.Word(known[l].Status)}")
            .ToDictionary(g => g.Key, g => g.Count());
        if (fit.Length > enrolled.Count) skipped["already_enrolled"] = fit.Length - enrolled.Count;
        return TypedResults.Ok(new EnrollResponse(id, enrolled.Count, enrolled, skipped));
    }
}

/// <summary>
/// Enrolls the leads of a filter, a page in a transaction. Nobody comes in twice by it, so a killed run just begins anew.
/// </summary>
internal sealed class EnrollByFilter(OutreachDb db, ILeadAudience audience, ILeadDirectory leads, Enrolling enrolling)
    : IJobHandler<LeadsToEnroll>
{
    public const string Kind = "nurturing.enroll";
    private const int PageSize = 500;

    public async Task<object?> RunAsync(LeadsToEnroll input, JobContext context, CancellationToken ct)
    {
        if (await db.Sequences.AsNoTracking().FirstOrDefaultAsync(s => s.Id == input.SequenceId, ct) is not { } sequence)
            return new { skipped = "deleted" };
        var (matched, enrolled) = (0, 0);
        for (LeadId? after = null; ;)
        {
            await db.Work.BeginAsync(ct);
            var page = await audience.PageAsync(input.Wish, after, PageSize, ct);
            var standing = await leads.SummariesAsync([.. page.Select(l => l.Id)], ct);
            var fit = page.Select(l => l.Id).Where(l => standing.TryGetValue(l, out var lead) && !sequence.ExitsAt(lead.Status)).ToArray();
            enrolled += (await enrolling.EnrollAsync(input.SequenceId, fit, EnrollmentSource.Filter, again: false, ct)).Count;
            await db.Work.CommitAsync(ct);
            matched += page.Count;
            if (page.Count < PageSize) return new { matched, enrolled, skipped = matched - enrolled };
            after = page[^1].Id;
            await context.ReportAsync(50, $"{matched} leads", ct);
        }
    }
}
