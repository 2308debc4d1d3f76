using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using RealEstateOs.Cma.Estimates;
using RealEstateOs.Cma.Market;
using RealEstateOs.Cma.Reports;
using RealEstateOs.Contracts.Auth;
using RealEstateOs.Contracts.Cma;
using RealEstateOs.Contracts.Ids;
using RealEstateOs.Contracts.Properties;
using RealEstateOs.Contracts.Workflows;
using RealEstateOs.Platform.Jobs;
using RealEstateOs.Platform.Problems;
using RealEstateOs.Platform.RateLimits;

namespace RealEstateOs.Cma.PackageSteps;

internal sealed record CmaReportInput
{
    public required PropertyId PropertyId { get; init; }
    /// <summary>en or ar; else the office's.</summary>
    public string? Language { get; init; }
}

/// <summary>The same report as <c>POST /cma/reports</c>, and one of the same quota; done when its job is.</summary>
internal sealed class CmaReportStep(
    MarketHouse house, CmaDb db, JobQueue jobs, IPropertyReader properties, OwnSales own,
    IOrganizationDirectory organizations, PlanQuotas quotas) : IWorkflowStep<CmaReportInput>
{
    public async Task<StepResult> RunAsync(CmaReportInput input, StepContext context, CancellationToken ct)
    {
        if (input.Language is not (null or "en" or "ar")) throw Problem.Invalid(FieldError.Format("language", "must be one of en, ar"));
        var request = new CreateReportRequest { PropertyId = input.PropertyId, Language = input.Language };
        var answer = await quotas.CountAsync(Quota.Reports,
            () => CreateReport.Handle(request, house, db, jobs, properties, own, organizations, ct), _ => true, ct);
        var started = ((Accepted<ReportStarted>)answer.Result).Value!;
        EntityId.TryParse<CmaReportId>(started.CmaReportId, out var report);
        var job = await db.Reports.AsNoTracking().Where(r => r.Id == report).Select(r => r.JobId).FirstAsync(ct);
        return StepResult.After(job!.Value, new { cma_report_id = started.CmaReportId },
            new Deliverable("CMA Report", started.CmaReportId));
    }
}
