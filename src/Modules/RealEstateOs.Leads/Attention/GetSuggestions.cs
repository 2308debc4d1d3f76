using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using RealEstateOs.Contracts.Auth;
using RealEstateOs.Contracts.Leads;
using RealEstateOs.Contracts.Properties;
using RealEstateOs.Platform.Authorization;

namespace RealEstateOs.Leads.Attention;

/// <summary>What to do next about a lead, and why. Made by stated rules from what is recorded; nothing is sent by itself.</summary>
public sealed record FollowUpSuggestion
{
    public required LeadId LeadId { get; init; }
    /// <summary>The lead's full name.</summary>
    public required string Name { get; init; }
    /// <summary>By phone where a number is known, else by mail.</summary>
    public required LeadActivityType Action { get; init; }
    /// <summary>What to do, as a sentence for the agent.</summary>
    public required string Suggestion { get; init; }
    /// <summary>The rule that led here, with its fact.</summary>
    public required AttentionNeed Because { get; init; }
    /// <summary>
    /// A listing worth mentioning: the one they asked about, or one in their area within their budget; null where there is none.
    /// </summary>
    public required PropertyId? PropertyId { get; init; }
    /// <summary>Address of the listing worth mentioning; null where there is none.</summary>
    public required string? PropertyAddress { get; init; }
}

internal static class GetSuggestions
{
    private const int Listings = 500;

    /// <summary>Follow-ups for the leads that need somebody: one for each, for its most urgent reason.</summary>
    /// <param name="agentId">Only this agent's leads.</param>
    /// <param name="limit">1 to 200, default 50.</param>
    public static async Task<Ok<IReadOnlyList<FollowUpSuggestion>>> Handle(
        [FromQuery(Name = "agent_id")] UserId? agentId, LeadAttention attention, IPropertyReader properties,
        IOrganizationDirectory organizations, CurrentUser user, CancellationToken ct, int limit = 50)
    {
        var leads = await attention.FindAsync(user, agentId, GetAttention.Checked(limit), ct);
        var asked = await properties.SummariesAsync([.. leads.Select(l => l.Lead.PropertyId).OfType<PropertyId>().Distinct()], ct);
        var areas = leads.Select(l => l.Lead.Area).OfType<string>().Distinct(StringComparer.OrdinalIgnoreCase).ToArray();
        var offered = areas.Length == 0 ? [] : await properties.CandidatesAsync(new() { Areas = areas }, Listings, ct);
        var office = await organizations.DefaultsAsync(ct);
        return TypedResults.Ok<IReadOnlyList<FollowUpSuggestion>>([.. leads.Select(l => Of(l, Listing(l.Lead, asked, offered, office)))]);
    }

    private static FollowUpSuggestion Of(LeadInNeed need, PropertySummary? listing)
    {
        var (lead, because) = (need.Lead, need.Needs.MinBy(n => n.Reason)!);
        var action = lead.Phone is not null ? LeadActivityType.Call
            : lead.Email is not null ? LeadActivityType.Email : LeadActivityType.Task;
        var about = listing is null ? "" : $" about {listing.Address}";
        return new()
        {
            LeadId = lead.Id, Name = lead.FullName, Action = action, Because = because, PropertyId = listing?.Id,
            PropertyAddress = listing?.Address,
            Suggestion = because.Reason switch
            {
                AttentionReason.Unanswered => $"Answer {lead.FirstName}{about}",
                AttentionReason.Overdue => $"Do what was planned with {lead.FirstName}, or plan it anew",
                AttentionReason.NotContacted => $"Reach out to {lead.FirstName} for the first time{about}",
                AttentionReason.HotAndQuiet =>
                    listing is null ? $"Speak with {lead.FirstName} before somebody else does"
                        : $"Offer {lead.FirstName} a viewing of {listing.Address}",
                _ => listing is null ? $"Ask {lead.FirstName} whether the search goes on" : $"Show {lead.FirstName} {listing.Address}",
            },
        };
    }

    private static PropertySummary? Listing(Lead lead, IReadOnlyDictionary<PropertyId, PropertySummary> asked,
        IReadOnlyList<PropertySummary> offered, OrganizationDefaults office) =>
            lead.PropertyId is { } id && asked.TryGetValue(id, out var own) && own.Status == PropertyStatus.Available ? own
            : offered.FirstOrDefault(
                p => Lies(p, lead.Area) && p.Purpose == lead.Intent.Seeks()
                    && (lead.PropertyType is null || p.PropertyType == lead.PropertyType)
                    && (lead.Budget is null || p.Price is null || IsWithin(p, lead.Budget, office)));

    private static bool IsWithin(PropertySummary property, decimal? budget, OrganizationDefaults office) =>
        property.Currency == office.Currency && property.Price <= budget
            && (property.RentPeriod is null || property.RentPeriod == RentPeriods.UsualIn(office.Country));

    private static bool Lies(PropertySummary property, string? area) => area is { Length: > 0 }
        && new[] { property.Community, property.City, property.Building,
            property.Address }.Any(place => place?.Contains(area, StringComparison.OrdinalIgnoreCase) == true);
}
