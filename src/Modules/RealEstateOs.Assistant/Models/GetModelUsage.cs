using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using RealEstateOs.Contracts.Auth;
using RealEstateOs.Platform.Problems;

namespace RealEstateOs.Assistant.Models;

/// <summary>What the office's questions to the model took in a month.</summary>
public sealed record ModelUsageResponse
{
    /// <summary>Its first day, in UTC.</summary>
    public required DateOnly Month { get; init; }
    /// <summary>Null where no model is configured.</summary>
    public required string? Model { get; init; }
    /// <summary>Requests to the model, an answer that uses tools takes several; and to a configured embedding model.</summary>
    public required int Calls { get; init; }
    /// <summary>Those without an answer.</summary>
    public required int Failed { get; init; }
    /// <summary>As the endpoint counted.</summary>
    public required long InputTokens { get; init; }
    /// <summary>Tokens that the model wrote.</summary>
    public required long OutputTokens { get; init; }
    /// <summary>Counts against the budget: as the endpoint counted; where it did not say, as much as was set aside.</summary>
    public required long Tokens { get; init; }
    /// <summary>Tokens that the organization may use in a month.</summary>
    public required long BudgetTokens { get; init; }
    /// <summary>At the prices of each request; null where no prices are configured.</summary>
    public required decimal? Cost { get; init; }
    /// <summary>ISO 4217 code of the cost; null where no price is configured.</summary>
    public required string? Currency { get; init; }
    /// <summary>The most expensive first.</summary>
    public required IReadOnlyList<UsageOfPerson> People { get; init; }
}

/// <param name="Calls">Calls of the model for this person.</param>
/// <param name="Tokens">Tokens read and written together.</param>
/// <param name="Cost">By the configured price; null where there is none.</param>
public sealed record UsageOfPerson(UserId UserId, int Calls, long Tokens, decimal? Cost);

internal static class GetModelUsage
{
    /// <summary>What the assistant's model took and cost in a month, by person.</summary>
    /// <param name="month">Any day of it, none to come; default this month.</param>
    public static async Task<Ok<ModelUsageResponse>> Handle(
        AssistantDb db, IOptions<ModelOptions> options, IOptions<EmbeddingModelOptions> embeddings, TimeProvider clock,
        CancellationToken ct, DateOnly? month = null)
    {
        var today = DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime);
        var day = month ?? today;
        if (day > today) throw Problem.Invalid(FieldError.Range("month", "must be a day that has come") with { In = "query" });
        var first = new DateOnly(day.Year, day.Month, 1);
        var from = new DateTimeOffset(first, TimeOnly.MinValue, TimeSpan.Zero);
        var people = await db.ModelCalls.AsNoTracking().Where(c => c.CalledAt >= from && c.CalledAt < from.AddMonths(1))
            .GroupBy(c => c.UserId)
            .Select(g => new
            {
                User = g.Key, Calls = g.Count(), Failed = g.Count(c => c.Outcome != ModelOutcome.Answered),
                Input = g.Sum(c => (long?)c.InputTokens) ?? 0,
                Output = g.Sum(c => (long?)c.OutputTokens) ?? 0, Tokens = g.Sum(c => (long)c.Tokens), Cost = g.Sum(c => c.Cost),
            }).ToListAsync(ct);
        var model = options.Value;
        var priced = model.CostOf(0, 0) is not null || embeddings.Value.Price is not null;
        return TypedResults.Ok(new ModelUsageResponse
        {
            Month = first, Model = model.IsOn ? model.Name : null, Calls = people.Sum(p => p.Calls), Failed = people.Sum(p => p.Failed),
            InputTokens = people.Sum(p => p.Input), OutputTokens = people.Sum(p => p.Output), Tokens = people.Sum(p => p.Tokens),
            BudgetTokens = model.MonthlyTokens, Cost = priced ? people.Sum(p => p.Cost) : null, Currency = priced ? model.Currency : null,
            People = [.. people.OrderByDescending(p => p.Tokens)
                .Select(p => new UsageOfPerson(p.User, p.Calls, p.Tokens, priced ? p.Cost : null))],
        });
    }
}
