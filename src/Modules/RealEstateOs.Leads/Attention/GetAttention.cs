using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using RealEstateOs.Contracts.Auth;
using RealEstateOs.Contracts.Leads;
using RealEstateOs.Platform.Authorization;
using RealEstateOs.Platform.Problems;

namespace RealEstateOs.Leads.Attention;

/// <summary>A lead that needs somebody, with the reasons, the most urgent first.</summary>
public sealed record LeadAttentionResponse
{
    public required LeadId LeadId { get; init; }
    /// <summary>The lead's full name.</summary>
    public required string Name { get; init; }
    public required LeadStatus Status { get; init; }
    /// <summary>0 to 100.</summary>
    public required int Score { get; init; }
    public required UserId? AssignedTo { get; init; }
    /// <summary>When the office last reached them; null for never.</summary>
    public required DateTimeOffset? LastContactedAt { get; init; }
    /// <summary>The most urgent first.</summary>
    public required IReadOnlyList<AttentionNeed> Reasons { get; init; }

    internal static LeadAttentionResponse Of(LeadInNeed need) => new()
    {
        LeadId = need.Lead.Id, Name = need.Lead.FullName, Status = need.Lead.Status, Score = need.Lead.Score,
        AssignedTo = need.Lead.AssignedTo, LastContactedAt = need.Lead.LastContactedAt,
        Reasons = [.. need.Needs.OrderBy(n => n.Reason)],
    };
}

internal static class GetAttention
{
    /// <summary>
    /// Leads that need somebody: who wrote without an answer, what was planned and not done, new ones that nobody has reached, high scores
    /// and leads in work that have gone quiet.
    /// </summary>
    /// <param name="agentId">Only this agent's leads.</param>
    /// <param name="limit">1 to 200, default 50.</param>
    public static async Task<Ok<IReadOnlyList<LeadAttentionResponse>>> Handle(
        [FromQuery(Name = "agent_id")] UserId? agentId, LeadAttention attention, CurrentUser user, CancellationToken ct, int limit = 50) =>
        TypedResults.Ok<IReadOnlyList<LeadAttentionResponse>>(
            [.. (await attention.FindAsync(user, agentId, Checked(limit), ct)).Select(LeadAttentionResponse.Of)]);

    public static int Checked(int limit) => limit is >= 1 and <= 200 ? limit
        : throw Problem.Invalid(FieldError.Range("limit", "must be a whole number from 1 to 200") with { In = "query" });
}
