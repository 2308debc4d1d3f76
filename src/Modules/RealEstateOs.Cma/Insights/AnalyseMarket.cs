using System.ComponentModel.DataAnnotations;
using FluentValidation;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using RealEstateOs.Cma.Market;
using RealEstateOs.Contracts.Properties;
using RealEstateOs.Platform.Http;
using RealEstateOs.Platform.Jobs;
using RealEstateOs.Platform.Problems;

namespace RealEstateOs.Cma.Insights;

/// <example>{"location": "Dubai Marina", "property_type": "apartment", "time_frame_months": 12}</example>
public sealed record AnalyseMarketRequest : IRequestBody<AnalyseMarketRequest>
{
    /// <summary>An area; the whole market by default.</summary>
    [MaxLength(300)] public string? Location { get; init; }
    public PropertyType? PropertyType { get; init; }
    /// <summary>2 to 120, default 12.</summary>
    public int? TimeFrameMonths { get; init; }
    /// <summary>Where several markets are loaded; the installation's own by default.</summary>
    [MaxLength(50)] public string? Market { get; init; }
}

internal sealed class AnalyseMarketValidator : AbstractValidator<AnalyseMarketRequest>
{
    public AnalyseMarketValidator() => RuleFor(a => a.TimeFrameMonths).InclusiveBetween(2, 120);
}

/// <summary>The job that analyses, and what it analyses.</summary>
public sealed record MarketAnalysisStarted : JobAnswer
{
    /// <summary>The place that was asked for; null for the whole market.</summary>
    public required string? Location { get; init; }
    public required PropertyType? PropertyType { get; init; }
    /// <summary>How far back it looks.</summary>
    public required int TimeFrameMonths { get; init; }
    /// <summary>sample (invented), dld (Dubai Land Department) or imported.</summary>
    public required string MarketData { get; init; }

    internal static MarketAnalysisStarted Of(JobAnswer job, MarketFiguresResponse figures, AnalyseMarketRequest asked) => new()
    {
        JobId = job.JobId, Status = job.Status, ProgressUrl = job.ProgressUrl, EstimatedCompletion = job.EstimatedCompletion,
        Location = figures.Location,
        PropertyType = asked.PropertyType, TimeFrameMonths = figures.TimeFrameMonths, MarketData = figures.MarketData,
    };
}

internal static class AnalyseMarket
{
    public const string Kind = "cma.market_analysis";

    /// <summary>Analyses a market in the background: trend, forecast with its backtest, places alike and places in demand.</summary>
    public static async Task<Accepted<MarketAnalysisStarted>> Handle(AnalyseMarketRequest request, MarketHouse house, JobQueue jobs,
        CancellationToken ct)
    {
        // What can't be analysed is said at once.
        var figures = MarketFigures.Snapshot(await house.GetAsync(request.Market, ct), request.Location, request.PropertyType,
            request.TimeFrameMonths ?? 12);
        var job = (await jobs.EnqueueAsync(Kind, request with { TimeFrameMonths = figures.TimeFrameMonths }, ct)).ToAnswer();
        return TypedResults.Accepted(job.ProgressUrl, MarketAnalysisStarted.Of(job, figures, request));
    }
}

internal sealed class AnalyseMarketJob(MarketHouse house) : IJobHandler<AnalyseMarketRequest>
{
    public async Task<object?> RunAsync(AnalyseMarketRequest input, JobContext context, CancellationToken ct)
    {
        try
        {
            return MarketFigures.Analysis(await house.GetAsync(input.Market, ct), input.Location, input.PropertyType,
                input.TimeFrameMonths ?? 12);
        }
        catch (Problem problem) when (problem.Status == 503)
        {
            throw new RetryJobLater(problem.RetryAfter ?? TimeSpan.FromSeconds(10), problem.Message, problem);
        }
        catch (Problem problem)
        {
            throw new PermanentJobFailure(problem.Message, problem);
        }
    }
}
