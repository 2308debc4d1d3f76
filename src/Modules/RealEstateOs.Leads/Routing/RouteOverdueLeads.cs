using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using RealEstateOs.Contracts.Auth;
using RealEstateOs.Contracts.Leads;
using RealEstateOs.Platform.Jobs;
using RealEstateOs.Platform.Persistence;
using RealEstateOs.Platform.Tenancy;

namespace RealEstateOs.Leads.Routing;

/// <summary>Leads that waited for working hours get their agent; new ones that nobody has worked in time go to the next, once.</summary>
internal sealed class RouteOverdueLeads(DataSources sources, IServiceScopeFactory scopes, TimeProvider clock) : IRecurringJob
{
    public const string Kind = "leads.route_overdue";

    // A task that a sequence wrote is nobody's work yet.
    private const string UnworkedSql =
        """
        select l.organization_id, l.id from leads.leads l join leads.assignment_rules r on r.id = l.assigned_by_rule
            and r.organization_id = l.organization_id
        where l.status = 'new' and l.deleted_at is null and l.reassigned_at is null and l.assigned_by_rule is not null and r.is_active
            and l.assigned_at <= $1 - make_interval(mins => r.reassign_after_minutes)
            and not exists (select from leads.activities a where a.organization_id = l.organization_id and a.lead_id = l.id
                and not coalesce(a.metadata ? 'enrollment_id', false))
        order by l.assigned_at limit 5000
        """;

    private const string WaitingSql = "select organization_id, id from leads.leads "
        + "where awaits_routing and deleted_at is null and $1 >= created_at order by created_at limit 5000";

    public async Task<object?> RunAsync(JobContext context, CancellationToken ct) => new
    {
        routed = await EachAsync(WaitingSql, (lead, services, token) => RouteAsync(lead, services, token), ct),
        reassigned = await EachAsync(UnworkedSql,
            (lead, services, token) => services.GetRequiredService<LeadRouter>().ReassignAsync(lead, token), ct),
    };

    private async Task<int> EachAsync(string sql, Func<Lead, IServiceProvider, CancellationToken, Task<bool>> act, CancellationToken ct)
    {
        var done = 0;
        foreach (var (organization, id) in await FindAsync(sql, ct))
        {
            // A transaction for each lead: the turn and the lead commit together, and one that an agent just changed is left alone.
            await using var scope = scopes.CreateTenantScope(organization);
            var db = scope.ServiceProvider.GetRequiredService<LeadsDb>();
            await db.Work.BeginAsync(ct);
            try
            {
                if (await db.Leads.FirstOrDefaultAsync(l => l.Id == id, ct) is not { } lead || !await act(lead, scope.ServiceProvider, ct))
                    continue;
                await db.SaveChangesAsync(ct);
                await db.Work.CommitAsync(ct);
                done++;
            }
            catch (DbUpdateConcurrencyException)
            {
                await db.Work.RollbackAsync();
            }
        }
        return done;
    }

    private static async Task<bool> RouteAsync(Lead lead, IServiceProvider services, CancellationToken ct)
    {
        if (!lead.AwaitsRouting) return false;
        if (lead.AssignedTo is null) await services.GetRequiredService<LeadRouter>().RouteAsync([lead], ct);
        if (lead.AssignedTo is null) return false;
        services.GetRequiredService<LeadsDb>().TellAssigned(lead, null, "rule");
        return true;
    }

    private async Task<List<(OrganizationId Organization, LeadId Lead)>> FindAsync(string sql, CancellationToken ct)
    {
        var found = new List<(OrganizationId, LeadId)>();
        await using var command = sources.System.CreateCommand(sql);
        command.Parameters.Add(new NpgsqlParameter { Value = clock.GetUtcNow() });
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct)) found.Add((new OrganizationId(reader.GetInt64(0)), new LeadId(reader.GetInt64(1))));
        return found;
    }
}
