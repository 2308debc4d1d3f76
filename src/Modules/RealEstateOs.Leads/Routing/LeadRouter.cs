using Microsoft.EntityFrameworkCore;
using RealEstateOs.Contracts.Auth;
using RealEstateOs.Contracts.Properties;
using RealEstateOs.Platform.Persistence;

namespace RealEstateOs.Leads.Routing;

/// <summary>Finds the agent of a lead by the organization's rules. Runs in the caller's transaction.</summary>
internal sealed class LeadRouter(LeadsDb db, IPropertyDirectory properties, IOrganizationDirectory organizations, TimeProvider clock)
{
    private List<AssignmentRule>? rules;

    /// <summary>
    /// Gives each lead to the next agent of the first rule that fits and is at work. Where the rules that fit are out of hours, the
    /// lead waits: the routing job tries again. What is asked of the database does not grow with the leads.
    /// </summary>
    public async Task RouteAsync(IReadOnlyCollection<Lead> leads, CancellationToken ct)
    {
        rules ??= await db.Rules.AsNoTracking().Where(r => r.IsActive).OrderBy(r => r.Position).ThenBy(r => r.Id).ToListAsync(ct);
        if (rules.Count == 0) return;
        var homes = await properties.SummariesAsync([.. leads.Select(l => l.PropertyId).OfType<PropertyId>()], ct);
        foreach (var rule in rules)
        {
            var theirs = leads.Where(
                l => l.AssignedTo is null && rule.Fits(l, l.PropertyId is { } home ? homes.GetValueOrDefault(home) : null)).ToList();
            if (theirs.Count == 0) continue;
            if (await IsAtWorkAsync(rule, ct)) await DealOutAsync(rule, theirs, ct);
            else theirs.ForEach(l => l.AwaitsRouting = true);
        }
    }

    /// <summary>A lead that nobody has worked goes to the rule's next agent; true if it went.</summary>
    public async Task<bool> ReassignAsync(Lead lead, CancellationToken ct)
    {
        if (await db.Rules.AsNoTracking().FirstOrDefaultAsync(r => r.Id == lead.AssignedByRule && r.IsActive, ct) is not { } rule)
            return false;
        var before = lead.AssignedTo;
        if (!await IsAtWorkAsync(rule, ct) || await NextAgentAsync(rule, before, ct) is not { } agent || agent == before) return false;
        lead.AssignTo(agent, clock.Now(), rule.Id);
        lead.ReassignedAt = clock.Now();
        db.TellAssigned(lead, before, "reassigned");
        return true;
    }

    private async Task<bool> IsAtWorkAsync(AssignmentRule rule, CancellationToken ct)
    {
        var zone = (await organizations.DefaultsAsync(ct)).TimeZone;
        return rule.IsOpenAt(clock.GetUtcNow(), TimeZoneInfo.TryFindSystemTimeZoneById(zone, out var found) ? found : TimeZoneInfo.Utc);
    }

    private async Task DealOutAsync(AssignmentRule rule, List<Lead> leads, CancellationToken ct)
    {
        var agents = await AgentsAsync(rule, ct);
        if (agents.Length == 0) return;
        var turn = await TakeTurnsAsync(rule, leads.Count, ct);
        foreach (var lead in leads) lead.AssignTo(agents[turn++ % agents.Length], clock.Now(), rule.Id);
    }

    private async Task<UserId?> NextAgentAsync(AssignmentRule rule, UserId? except, CancellationToken ct)
    {
        var agents = await AgentsAsync(rule, ct);
        if (agents.Length == 0) return null;
        var agent = agents[await TakeTurnsAsync(rule, 1, ct) % agents.Length];
        return agent != except || agents.Length == 1 ? agent : agents[await TakeTurnsAsync(rule, 1, ct) % agents.Length];
    }

    private async Task<UserId[]> AgentsAsync(AssignmentRule rule, CancellationToken ct)
    {
        var people = await organizations.PeopleAsync([.. rule.AgentIds.Select(a => new UserId(a))], ct);
        return [.. rule.AgentIds.Select(a => new UserId(a)).Where(a => people.TryGetValue(a, out var person) && person.IsActive)];
    }

    // The turn's row is locked until the commit: concurrent leads go to one agent after the other, and a rolled-back one costs no turn.
    private async Task<long> TakeTurnsAsync(AssignmentRule rule, int count, CancellationToken ct) => (await db.Database.SqlQuery<long>(
        $"""
        insert into leads.assignment_turns as t (rule_id, organization_id, turn)
        values ({rule.Id.Value}, {db.CurrentOrganization.Value}, {count - 1L})
        on conflict (rule_id) do update set turn = t.turn + {count} returning turn - {count} + 1 as "Value"
        """).ToListAsync(ct))[0];
}
