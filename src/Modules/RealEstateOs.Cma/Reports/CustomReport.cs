using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using FluentValidation;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using RealEstateOs.Cma.Insights;
using RealEstateOs.Cma.Market;
using RealEstateOs.Contracts.Auth;
using RealEstateOs.Contracts.Cma;
using RealEstateOs.Contracts.Ids;
using RealEstateOs.Contracts.Properties;
using RealEstateOs.Platform.Authorization;
using RealEstateOs.Platform.Http;
using RealEstateOs.Platform.Jobs;
using RealEstateOs.Platform.Problems;
using RealEstateOs.Platform.Rendering;
using RealEstateOs.Platform.Serialization;
using RealEstateOs.Valuation.MarketData;
using RealEstateOs.Valuation.Statistics;

namespace RealEstateOs.Cma.Reports;

/// <summary>Both give the same report of a market's figures; the two words are AURA's.</summary>
public enum CustomReportType { MarketAnalysis, MarketReport }

public enum ReportBranding { AgentBranded, OfficeBranded }

/// <summary>A report of market figures, made to order.</summary>
/// <example>{"report_type": "market_analysis", "parameters": {"location": "Dubai Marina"}}</example>
public sealed record CustomReportRequest : IRequestBody<CustomReportRequest>
{
    public CustomReportType? ReportType { get; init; }
    /// <summary>What it is to be about; the whole market where it is left out.</summary>
    public CustomReportParameters? Parameters { get; init; }
    /// <summary><c>pdf</c>; its page and JSON are read beside it.</summary>
    public string? OutputFormat { get; init; }
    /// <summary>Default true; false leaves the pictures of the months out of page and PDF; their figures stay in the JSON.</summary>
    public bool? IncludeCharts { get; init; }
    /// <summary>Default <c>agent_branded</c>: the office and who asked; <c>office_branded</c> names the office alone.</summary>
    public ReportBranding? Branding { get; init; }
    /// <summary><c>en</c> or <c>ar</c>; else the office's.</summary>
    public string? Language { get; init; }
}

public sealed record CustomReportParameters
{
    /// <summary>An area or a project; the whole market where it is left out.</summary>
    [MaxLength(300)] public string? Location { get; init; }
    /// <summary>Homes of any of these; all by default.</summary>
    public PropertyType[]? PropertyTypes { get; init; }
    /// <summary>Only sales within it.</summary>
    public PriceBand? PriceRange { get; init; }
    /// <summary><c>12_months</c>, <c>12m</c>, <c>90d</c> …; default twelve months.</summary>
    [MaxLength(30)] public string? TimePeriod { get; init; }
    /// <summary>Where several markets are loaded; the installation's own by default.</summary>
    [MaxLength(50)] public string? Market { get; init; }
}

internal sealed class CustomReportValidator : AbstractValidator<CustomReportRequest>
{
    public CustomReportValidator()
    {
        RuleFor(r => r.ReportType).NotNull();
        RuleFor(r => r.OutputFormat).Must(f => f is null or "pdf").WithMessage("must be pdf");
        RuleFor(r => r.Language).Must(l => l is null or "en" or "ar").WithMessage("must be one of en, ar");
        RuleFor(r => r.Parameters!.TimePeriod).Must(p => Months.Of(p) is not null).When(r => r.Parameters?.TimePeriod is not null)
            .WithMessage("is a span such as 12_months, 12m or 90d");
        RuleFor(r => r.Parameters!.PriceRange!.Max).GreaterThan(r => r.Parameters!.PriceRange!.Min)
            .When(r => r.Parameters?.PriceRange is { Min: not null, Max: not null });
    }
}

/// <summary>A report that is being made, as AURA's example shows it, with its job.</summary>
public sealed record CustomReportStarted : JobAnswer
{
    /// <summary>Id of the report, for <c>GET /cma/analytics/reports/{id}</c>.</summary>
    public required CustomReportId Id { get; init; }
    /// <summary>The same id as a reference, such as rpt_12.</summary>
    public required string ReportJobId { get; init; }
    /// <summary>Names of the sections that it will have.</summary>
    public required IReadOnlyList<string> ReportSections { get; init; }
    /// <summary>Always will_be_available_on_completion; the finished report has the link.</summary>
    public string DownloadUrl => "will_be_available_on_completion";
    /// <summary>sample (invented), dld (Dubai Land Department) or imported.</summary>
    public required string MarketData { get; init; }
}

internal static class CustomReport
{
    public static readonly string[] Sections = ["executive_summary", "market_overview", "price_trends", "inventory_analysis",
        "recommendations"];

    /// <summary>Makes a market report in the background, as PDF, page and JSON.</summary>
    public static async Task<Accepted<CustomReportStarted>> Handle(CustomReportRequest request, MarketHouse house, CmaDb db, JobQueue jobs,
        IOrganizationDirectory organizations, CancellationToken ct)
    {
        var market = await house.GetAsync(request.Parameters?.Market, ct, "parameters.market");
        // What can't be reported is said at once.
        _ = MarketFigures.Snapshot(market, request.Parameters?.Location, request.Parameters?.PropertyTypes ?? [], 12,
            "parameters.location");
        var asked = request with { Language = request.Language ?? PageWords.LanguageOf((await organizations.DefaultsAsync(ct)).Locale) };
        var words = ReportWords.Of(asked.Language);
        var report = new CmaReport
        {
            Kind = ReportKind.Market, Title = words["market_title"], Language = words.IsArabic ? ReportLanguage.Ar : ReportLanguage.En,
            Status = ReportStatus.Processing, MarketData = market.Label,
            Currency = market.Currency, Request = JsonSerializer.SerializeToElement(asked, Json.Options),
            Sections = CreateReport.Pending(Sections),
        };
        db.Add(report);
        await db.SaveChangesAsync(ct);
        var reference = new CustomReportId(report.Id.Value).Reference();
        var job = await jobs.EnqueueAsync(MakeReport.Kind, new MakeReportInput(report.Id), ct, resource: reference);
        report.JobId = job.Id;
        await db.SaveChangesAsync(ct);
        var answer = job.ToAnswer();
        return TypedResults.Accepted($"{ApiGroup.Root}/cma/analytics/reports/{reference}", new CustomReportStarted
        {
            JobId = answer.JobId, Status = "processing", ProgressUrl = answer.ProgressUrl, EstimatedCompletion = answer.EstimatedCompletion,
            Id = new(report.Id.Value), ReportJobId = reference, ReportSections = Sections, MarketData = market.Label,
        });
    }
}

/// <summary>Market reports for other modules, by the rules of the module's own route.</summary>
internal sealed class MarketReports(MarketHouse house, CmaDb db, JobQueue jobs, IOrganizationDirectory organizations, CurrentUser user)
    : IMarketReports
{
    public async Task<OrderedMarketReport> OrderAsync(MarketReportOrder order, CancellationToken ct)
    {
        if (!user.May(CmaPermissions.Create)) throw Problem.Forbidden(CmaPermissions.Create);
        if (order.TimePeriod is not null && Months.Of(order.TimePeriod) is null)
            throw Problem.Invalid(FieldError.Format("parameters.time_period", "is a span such as 12_months, 12m or 90d"));
        if (order.MinPrice >= order.MaxPrice)
            throw Problem.Invalid(FieldError.Range("parameters.price_range.max", "must be greater than min"));
        Vocabulary.TryRead<CustomReportType>(order.ReportType, out var type);
        var started = (await CustomReport.Handle(new CustomReportRequest
        {
            ReportType = type, IncludeCharts = order.IncludeCharts,
            Branding = order.OfficeBranded ? ReportBranding.OfficeBranded : ReportBranding.AgentBranded,
            Parameters = new()
            {
                Location = order.Location, PropertyTypes = [.. order.PropertyTypes], TimePeriod = order.TimePeriod,
                PriceRange = new() { Min = order.MinPrice, Max = order.MaxPrice },
            },
        }, house, db, jobs, organizations, ct)).Value!;
        return new(started.ReportJobId, started.JobId, started.Status, started.ProgressUrl, started.EstimatedCompletion,
            started.ReportSections, started.DownloadUrl, started.MarketData);
    }
}

/// <summary>Writes a market report's document.</summary>
internal sealed class CustomReportWriter(MarketHouse house, ReportBrands brands, TimeProvider clock)
{
    public async Task<ReportDocument> WriteAsync(CmaReport report, Func<string, int, Task> done, CancellationToken ct)
    {
        var asked = report.Request.Deserialize<CustomReportRequest>(Json.Options)!;
        var market = await house.GetAsync(asked.Parameters?.Market, ct);
        var words = ReportWords.Of(asked.Language ?? "en");
        var p = asked.Parameters ?? new();
        var months = Months.Of(p.TimePeriod) ?? 12;
        var figures = MarketFigures.Snapshot(market, p.Location, p.PropertyTypes ?? [], months);
        await done(CustomReport.Sections[0], 15);
        await done(CustomReport.Sections[1], 30);
        var kinds = MarketKinds.Of(p.PropertyTypes ?? [], market.Code);
        var forecast = MarketFigures.ForecastOf(market, figures.Location, kinds);
        await done(CustomReport.Sections[2], 45);
        var alike = figures.Location is null ? [] : AreaRanking.Alike(market.Sales, figures.Location,
            5).Select(a => new MarketCompared(a.Area, Math.Round((decimal)a.MedianPricePerSqft), a.OffPlanShare, a.Sales)).ToArray();
        var table = Bands(market, figures, kinds, p, months, words);
        await done(CustomReport.Sections[3], 60);
        var (recent, trend) = Estimates.SalesTrend.Of(market, figures.Location, kinds);
        await done(CustomReport.Sections[4], 75);
        return new()
        {
            Title = $"{words["market_title"]}: {words.Place(figures.Location)}", Language = asked.Language ?? "en",
            EffectiveDate = market.Engine.AsOf, IncludeCharts = asked.IncludeCharts ?? true,
            PreparedOn = DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime),
            Brand = await brands.OfAsync(asked.Branding == ReportBranding.OfficeBranded ? null : report.CreatedBy, words.IsArabic, ct),
            MarketData = market.Label, Market = market.Code, DataUntil = market.Engine.DataUntil, ModelVersion = market.ModelId,
            Currency = market.Currency, MarketTrends = figures, Forecast = forecast,
            ComparableNeighborhoods = alike, Tables = table.Rows.Count == 0 ? [] : [table],
            Notes =
            [
                .. market.Label == "sample" ? [words["sample"]] : Array.Empty<string>(),
                words.Pace(kinds, recent, figures.Location, trend, market.Engine.DataUntil),
                words["no_days"],
            ],
            Method = [words["method.1"], words[$"source.{market.Label}"],
                words.Say("market_model", market.ModelId, words.Day(market.Engine.DataUntil))],
            Disclaimers = [words["disclaimer.2"], words["disclaimer.3"]],
        };
    }

    /// <summary>Sales within the asked price range, by bedrooms.</summary>
    private static FigureTable Bands(LoadedMarket market, MarketFiguresResponse figures, IReadOnlyCollection<PropertyKind>? kinds,
        CustomReportParameters p, int months, ReportWords words)
    {
        var since = market.Engine.AsOf.AddMonths(-months);
        var sales = market.Of(figures.Location,
            kinds).Where(s => s.Date >= since && (p.PriceRange?.Min is not { } min || s.Price >= min)
                && (p.PriceRange?.Max is not { } max || s.Price <= max)).ToArray();
        var rows = sales.Where(s => s.IsHome && s.Bedrooms is not null).GroupBy(s => s.Bedrooms!.Value).OrderBy(g => g.Key)
            .Select(IReadOnlyList<string> (g) =>
            {
                var own = g.ToArray();
                return [g.Key == 0 ? words["studio"] : $"{g.Key}", ReportWriter.Amount(own.Length),
                    ReportWriter.Amount(Middle(own.Select(s => s.Price))),
                    ReportWriter.Amount(Middle(own.Select(s => (decimal)s.PricePerSqft))),
                    ReportWriter.Percent((double)own.Count(s => s.OffPlan) / own.Length)];
            }).ToArray();
        var range = (p.PriceRange?.Min, p.PriceRange?.Max) switch
        {
            ({ } min, { } max) => $"{words.Money(min, market.Currency)} – {words.Money(max, market.Currency)}",
            ({ } min, null) => $"≥ {words.Money(min, market.Currency)}",
            (null, { } max) => $"≤ {words.Money(max, market.Currency)}",
            _ => null,
        };
        return new(words["by_bedrooms"],
            [words["bedrooms"], words["sales"], words["median_price"], words["median_sqft"], words["off_plan_share"]], rows, range);
    }

    private static decimal Middle(IEnumerable<decimal> values)
    {
        var sorted = values.Order().ToArray();
        return sorted.Length == 0 ? 0 : Math.Round((sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2);
    }
}

/// <summary>Spans of time in the words of the seeds, in months.</summary>
internal static class Months
{
    public static int? Of(string? period)
    {
        if (string.IsNullOrWhiteSpace(period)) return null;
        var text = period.Trim().ToLowerInvariant();
        var digits = new string([.. text.TakeWhile(char.IsAsciiDigit)]);
        if (digits.Length is 0 or > 4 || !int.TryParse(digits, out var number) || number == 0) return null;
        int? months = text[digits.Length..].Trim('_', ' ') switch
        {
            "m" or "month" or "months" => number,
            "y" or "year" or "years" => number * 12,
            "d" or "day" or "days" => Math.Max(2, (int)Math.Round(number / 30.4)),
            _ => null,
        };
        return months is >= 1 and <= 120 ? Math.Max(2, months.Value) : null;
    }
}
