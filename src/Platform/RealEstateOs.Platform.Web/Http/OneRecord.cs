using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace RealEstateOs.Platform.Http;

public static class OneRecord
{
    /// <summary>Answers the record that a query finds, or that there is none.</summary>
    public static async Task<Results<Ok<T>, NotFound>> AnswerOneAsync<T>(this IQueryable<T> records, CancellationToken ct)
        where T : class =>
            await records.FirstOrDefaultAsync(ct) is { } found ? TypedResults.Ok(found) : TypedResults.NotFound();
}
