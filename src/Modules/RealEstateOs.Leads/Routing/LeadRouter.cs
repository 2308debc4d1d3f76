using Microsoft.EntityFrameworkCore;
using RealEstateOs.Contracts.Auth;
using RealEstateOs.Contracts.Properties;
using RealEstateOs.Leads.Records;
using RealEstateOs.Platform.Persistence;

namespace RealEstateOs.Leads.Routing;

/// <summary>Finds the agent of a lead by the organization's rules. Runs in the caller's transaction.</summary>
internal sealed class LeadRouter(LeadsDb db, IPropertyDirectory properties, IOrganizationDirectory organizations, TimeProvider clock)
{
    private List<AssignmentRule>? rules;

    /// <summary>
    /// Gives the lead to the next agent of the first rule that fits and is at work. Where the rules that fit are out of hours, the
    /// lead waits: the routing job tries again.
    /// </summary>
    public async Task RouteAsync(Lead lead, CancellationToken ct)
    {
        rules ??= await db.Rules.AsNoTracking().Where(r => r.IsActive).OrderBy(r => r.Position).ThenBy(r => r.Id).ToListAsync(ct);
        if (rules.Count == 0) return;
        var property = lead.PropertyId is { } id ? (await properties.SummariesAsync([id], ct)).GetValueOrDefault(id) : null;
        foreach (var rule in rules.Where(r => r.Fits(lead, property)))
        {
            if (!await IsAtWorkAsync(rule, ct)) lead.AwaitsRouting = true;
            else if (await NextAgentAsync(rule, null, ct) is { } agent)
            {
                lead.AssignTo(agent, clock.Now(), rule.Id);
                return;
            }
        }
    }

    /// <summary>A lead that nobody has worked goes to the rule's next agent; true if it went.</summary>
    public async Task<bool> ReassignAsync(Lead lead, CancellationToken ct)
    {
        if (await db.Rules.AsNoTracking().FirstOrDefaultAsync(r => r.Id == lead.AssignedByRule && r.IsActive, ct) is not { } rule) return false;
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

    // The turn's row is locked until the commit: concurrent leads go to one agent after the other, and a rolled-back one costs no turn.
    private async Task<UserId?> NextAgentAsync(AssignmentRule rule, UserId? except, CancellationToken ct)
    {
        var people = await organizations.PeopleAsync([.. rule.AgentIds.Select(a => new UserId(a))], ct);
        var active = rule.AgentIds.Select(a => new UserId(a)).Where(a => people.TryGetValue(a, out var person) && person.IsActive).ToArray();
        if (active.Length == 0) return null;
        var agent = active[await TakeTurnAsync(rule, ct) % active.Length];
        return agent != except || active.Length == 1 ? agent : active[await TakeTurnAsync(rule, ct) % active.Length];
    }

    private async Task<long> TakeTurnAsync(AssignmentRule rule, CancellationToken ct) => (await db.Database.SqlQuery<long>(
        $"""
        insert into leads.assignment_turns as t (rule_id, organization_id, turn) values ({rule.Id.Value}, {db.CurrentOrganization.Value}, 0)
        on conflict (rule_id) do update set turn = t.turn + 1 returning turn as "Value"
        """).ToListAsync(ct))[0];
}
