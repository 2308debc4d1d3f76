using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using RealEstateOs.Contracts.Auth;
using RealEstateOs.Contracts.Deals;
using RealEstateOs.Platform.Authorization;
using RealEstateOs.Platform.Persistence;

namespace RealEstateOs.Deals.Pipeline;

/// <summary>A stay on a stage. <see cref="LeftAt"/> is null on the stage where the deal is; its days count until now.</summary>
/// <param name="FromStage">Null where the deal was entered.</param>
/// <param name="DaysInStage"><paramref name="SecondsInStage"/> in days.</param>
/// <param name="Id">Number of the stay; a later one has a higher one.</param>
/// <param name="MovedByName">Full name of who moved it; null where that was no person.</param>
/// <param name="MovedAt">When it came to the stage.</param>
/// <param name="LeftAt">When it left the stage; null on the one where it is.</param>
/// <param name="SecondsInStage">From moved_at to left_at, or to now.</param>
public sealed record DealStayResponse(
    long Id, DealId DealId, DealStage? FromStage, DealStage ToStage, UserId? MovedBy, string? MovedByName, DateTimeOffset MovedAt,
    DateTimeOffset? LeftAt,
    long SecondsInStage, double DaysInStage);

internal static class DealHistory
{
    /// <summary>Every stage the deal was on, oldest first, with the time it spent there.</summary>
    public static async Task<Results<Ok<IReadOnlyList<DealStayResponse>>, NotFound>> Handle(
        DealId id, DealsDb db, CurrentUser user, IOrganizationDirectory organizations, TimeProvider clock, CancellationToken ct)
    {
        if (!await db.SeesAsync(id, user, ct)) return TypedResults.NotFound();
        var moves = await db.Moves.AsNoTracking().Where(m => m.DealId == id).OrderBy(m => m.Id).ToListAsync(ct);
        var people = await organizations.PeopleAsync([.. moves.Select(m => m.MovedBy).OfType<UserId>().Distinct()], ct);
        return TypedResults.Ok<IReadOnlyList<DealStayResponse>>([.. moves.Select((move, i) =>
        {
            DateTimeOffset? left = i + 1 < moves.Count ? moves[i + 1].MovedAt : null;
            var stay = (left ?? clock.Now()) - move.MovedAt;
            var by = move.MovedBy is { } mover ? people.GetValueOrDefault(mover)?.FullName : null;
            return new DealStayResponse(
                move.Id, id, move.FromStage, move.ToStage, move.MovedBy, by, move.MovedAt, left, (long)stay.TotalSeconds,
                Math.Round(stay.TotalDays, 2));
        })]);
    }
}
