using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using RealEstateOs.Contracts.Auth;
using RealEstateOs.Contracts.Leads;
using RealEstateOs.Platform.Http;
using RealEstateOs.Platform.Http.Lists;
using RealEstateOs.Platform.Problems;

namespace RealEstateOs.Leads.Routing;

internal static class AssignmentRules
{
    private static readonly ListSpec<AssignmentRule> Spec = new ListSpec<AssignmentRule>()
        .Flag("is_active", r => r.IsActive)
        .Sort("position", r => r.Position).Sort("name", r => r.Name).Sort("created_at", r => r.CreatedAt)
        .By("position");

    /// <summary>The rules that route new leads, in the order in which they are tried.</summary>
    public static Task<ListResult<RuleResponse>> List(ListRequest list, LeadsDb db, CancellationToken ct) =>
        list.PageAsync(db.Rules.AsNoTracking(), Spec, r => r.Id, RuleResponse.Projection, ct);

    /// <summary>One rule.</summary>
    public static Task<Results<Ok<RuleResponse>, NotFound>> Get(AssignmentRuleId id, LeadsDb db, CancellationToken ct) =>
        db.Rules.AsNoTracking().Where(r => r.Id == id).Select(RuleResponse.Projection).AnswerOneAsync(ct);

    /// <summary>Adds a rule; it holds for leads that come from now on.</summary>
    public static async Task<Created<RuleResponse>> Create(CreateRuleRequest request, LeadsDb db, IOrganizationDirectory organizations,
        CancellationToken ct)
    {
        await RequireAgentsAsync(request.AgentIds!, organizations, ct);
        var rule = new AssignmentRule();
        request.ApplyTo(rule);
        db.Add(rule);
        await db.SaveChangesAsync(ct);
        return TypedResults.Created($"/api/v1/leads/assignment-rules/{rule.Id.Value}", RuleResponse.Of(rule));
    }

    /// <summary>Changes the members that are present.</summary>
    public static async Task<Results<Ok<RuleResponse>, NotFound>> Update(
        AssignmentRuleId id, UpdateRuleRequest request, LeadsDb db, IOrganizationDirectory organizations, CancellationToken ct)
    {
        if (await db.Rules.FirstOrDefaultAsync(r => r.Id == id, ct) is not { } rule) return TypedResults.NotFound();
        await RequireAgentsAsync(request.AgentIds ?? [], organizations, ct);
        request.ApplyTo(rule);
        await db.SaveChangesAsync(ct);
        return TypedResults.Ok(RuleResponse.Of(rule));
    }

    /// <summary>Deletes the rule; leads it has assigned stay with their agents.</summary>
    public static async Task<Results<NoContent, NotFound>> Delete(AssignmentRuleId id, LeadsDb db, CancellationToken ct)
    {
        if (await db.Rules.FirstOrDefaultAsync(r => r.Id == id, ct) is not { } rule) return TypedResults.NotFound();
        db.Remove(rule);
        await db.SaveChangesAsync(ct);
        return TypedResults.NoContent();
    }

    private static async Task RequireAgentsAsync(UserId[] agents, IOrganizationDirectory organizations, CancellationToken ct)
    {
        var people = await organizations.PeopleAsync(agents, ct);
        var unknown = agents.Where(a => !people.TryGetValue(a, out var person) || !person.IsActive).Select(a => a.Value).ToArray();
        if (unknown.Length > 0)
            throw Problem.Invalid(FieldError.Format("agent_ids", $"name no active user of the organization: {string.Join(", ", unknown)}"));
    }
}
