using System.ComponentModel.DataAnnotations;
using FluentValidation;
using RealEstateOs.Contracts.Properties;
using RealEstateOs.Platform.Http;

namespace RealEstateOs.Cma.Estimates;

/// <summary>A home as its owner would describe it.</summary>
public sealed record HomeDescription
{
    /// <summary>Area, or area and project: <c>Dubai Marina</c>, <c>Dubai Marina, Marina Heights Tower</c>.</summary>
    [MaxLength(300)] public string? Location { get; init; }
    /// <summary>Like <c>location</c>; either will do.</summary>
    [MaxLength(500)] public string? Address { get; init; }
    /// <summary>The neighbourhood, such as Dubai Marina; completes the address.</summary>
    [MaxLength(200)] public string? Community { get; init; }
    /// <summary>Building or project; also taken as <c>building</c>. Sales of the same project weigh most.</summary>
    [Alias("building"), MaxLength(200)] public string? Project { get; init; }
    public PropertyType? PropertyType { get; init; }
    /// <summary>0 for a studio.</summary>
    public int? Bedrooms { get; init; }
    /// <summary>Halves count: 2.5. Compared where the market's sales carry it.</summary>
    public decimal? Bathrooms { get; init; }
    /// <summary>Floor area in square feet; also taken as <c>square_feet</c>.</summary>
    [Alias("square_feet")] public double? AreaSqft { get; init; }
    /// <summary>In degrees, WGS 84.</summary>
    public double? Latitude { get; init; }
    /// <summary>In degrees, WGS 84.</summary>
    public double? Longitude { get; init; }
    /// <summary>Default <c>completed</c>; off-plan homes are only compared with off-plan sales.</summary>
    public CompletionStatus? CompletionStatus { get; init; }
    /// <summary>Compared where the market's sales carry it; Dubai's don't.</summary>
    public int? YearBuilt { get; init; }
    /// <summary>What is asked for it today, in the market's currency; a report sets it beside the estimate.</summary>
    public decimal? AskingPrice { get; init; }
    /// <summary>Shown in reports; no registry records them, so they don't move an estimate.</summary>
    [MaxLength(100)] public string[]? Amenities { get; init; }

    internal bool OffPlan =>
        CompletionStatus is Contracts.Properties.CompletionStatus.OffPlan or Contracts.Properties.CompletionStatus.OffPlanPrimary;
}

internal sealed class HomeDescriptionValidator : AbstractValidator<HomeDescription>
{
    // What the arm's-length rules take for a home's size: 10 to 20,000 m².
    private const double LeastSqft = 108, MostSqft = 215_000;

    public HomeDescriptionValidator()
    {
        RuleFor(h => h.AreaSqft).NotNull().InclusiveBetween(LeastSqft, MostSqft);
        RuleFor(h => h.Location).NotEmpty().When(h => string.IsNullOrWhiteSpace(h.Address) && string.IsNullOrWhiteSpace(h.Community)
            && string.IsNullOrWhiteSpace(h.Project) && (h.Latitude is null || h.Longitude is null))
            .WithMessage("is required: a location, an address or coordinates");
        RuleFor(h => h.Bedrooms).InclusiveBetween(0, 30);
        RuleFor(h => h.Latitude).InclusiveBetween(-90, 90);
        RuleFor(h => h.Longitude).InclusiveBetween(-180, 180);
        RuleFor(h => h.AskingPrice).GreaterThan(0);
        RuleFor(h => h.PropertyType)
            .Must(t => t is not (Contracts.Properties.PropertyType.Land or Contracts.Properties.PropertyType.Commercial
                or Contracts.Properties.PropertyType.MixedUse or Contracts.Properties.PropertyType.Warehouse
                or Contracts.Properties.PropertyType.Industrial))
            .WithMessage("is no kind that sales can be compared for");
    }
}
