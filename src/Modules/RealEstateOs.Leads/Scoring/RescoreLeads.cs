using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using RealEstateOs.Contracts.Auth;
using RealEstateOs.Contracts.Leads;
using RealEstateOs.Platform.Jobs;
using RealEstateOs.Platform.Persistence;
using RealEstateOs.Platform.Tenancy;

namespace RealEstateOs.Leads.Scoring;

/// <summary>Scores open leads anew: they age and the stock changes without anybody touching them. Scores set by hand stay.</summary>
internal sealed class RescoreLeads(DataSources sources, IServiceScopeFactory scopes) : IRecurringJob
{
    public const string Kind = "leads.rescore";

    private const int PageSize = 1000, MostAttempts = 3;

    // Across all organizations, in pages along the primary key.
    private const string PageSql =
        """
        select organization_id, id from leads.leads
        where id > $1 and not score_is_manual and deleted_at is null and status not in ('converted', 'lost', 'unqualified') order by id
            limit $2
        """;

    public async Task<object?> RunAsync(JobContext context, CancellationToken ct)
    {
        var (last, scored) = (0L, 0);
        while (await PageAsync(last, ct) is { Count: > 0 } page)
        {
            foreach (var office in page.GroupBy(l => l.Organization, l => l.Lead)) scored += await ScoreAsync(office.Key, [.. office], ct);
            last = page[^1].Lead.Value;
        }
        return new { scored };
    }

    private async Task<int> ScoreAsync(OrganizationId organization, LeadId[] ids, CancellationToken ct)
    {
        for (var attempt = 1; ; attempt++)
        {
            await using var scope = scopes.CreateTenantScope(organization);
            var db = scope.ServiceProvider.GetRequiredService<LeadsDb>();
            await db.Work.BeginAsync(ct);
            try
            {
                var leads = await db.Leads.Where(l => ids.Contains(l.Id) && !l.ScoreIsManual).ToListAsync(ct);
                await db.SaveAsync(leads, scope.ServiceProvider.GetRequiredService<LeadScoring>(), ct);
                await db.Work.CommitAsync(ct);
                return leads.Count;
            }
            catch (DbUpdateConcurrencyException) when (attempt < MostAttempts)
            {
                // Somebody changed one of them between our look and our write: look again.
                await db.Work.RollbackAsync();
            }
        }
    }

    private async Task<List<(OrganizationId Organization, LeadId Lead)>> PageAsync(long after, CancellationToken ct)
    {
        var page = new List<(OrganizationId, LeadId)>();
        await using var command = sources.System.CreateCommand(PageSql);
        command.Parameters.Add(new NpgsqlParameter { Value = after });
        command.Parameters.Add(new NpgsqlParameter { Value = PageSize });
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct)) page.Add((new OrganizationId(reader.GetInt64(0)), new LeadId(reader.GetInt64(1))));
        return page;
    }
}
