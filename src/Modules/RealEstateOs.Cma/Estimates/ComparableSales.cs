using System.ComponentModel.DataAnnotations;
using FluentValidation;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using RealEstateOs.Cma.Market;
using RealEstateOs.Contracts.Properties;
using RealEstateOs.Platform.Http;
using RealEstateOs.Platform.Problems;
using RealEstateOs.Valuation.Engine;

namespace RealEstateOs.Cma.Estimates;

/// <example>{"property": {"location": "Dubai Marina", "property_type": "apartment", "bedrooms": 2, "area_sqft": 1200},
/// "comparable_count": 6, "time_frame_months": 12}</example>
public sealed record FindComparablesRequest : IRequestBody<FindComparablesRequest>
{
    public HomeDescription? Property { get; init; }
    /// <summary>How many sales to name; 10 without it.</summary>
    public int? ComparableCount { get; init; }
    /// <summary>How far away a sale may be; only where both places have coordinates.</summary>
    public double? RadiusKm { get; init; }
    /// <summary>How old a sale may be; 12 without it.</summary>
    public int? TimeFrameMonths { get; init; }
    /// <summary>The market to look in, such as <c>dubai</c>; the installation's own without it.</summary>
    [MaxLength(50)] public string? Market { get; init; }
}

internal sealed class FindComparablesValidator : AbstractValidator<FindComparablesRequest>
{
    public FindComparablesValidator()
    {
        RuleFor(c => c.Property).NotNull().SetValidator(new HomeDescriptionValidator()!);
        RuleFor(c => c.ComparableCount).InclusiveBetween(1, 100);
        RuleFor(c => c.RadiusKm).GreaterThan(0).LessThanOrEqualTo(200);
        RuleFor(c => c.TimeFrameMonths).InclusiveBetween(1, 120);
    }
}

public sealed record ComparablesResponse : Sourced
{
    /// <summary>The property's number where one was asked for.</summary>
    public PropertyId? PropertyId { get; init; }
    /// <summary>The area's one name.</summary>
    public required string? Neighborhood { get; init; }
    /// <summary>The market's.</summary>
    public required string Currency { get; init; }
    /// <summary>How many are listed.</summary>
    public required int ComparableCount { get; init; }
    /// <summary>The most like the home first.</summary>
    public required IReadOnlyList<ComparableResponse> Comparables { get; init; }
    /// <summary>Half of the comparables, adjusted, lie below and half above.</summary>
    public required decimal? MedianAdjustedPrice { get; init; }
    /// <summary>What the search left out or could not tell, as sentences; empty where there is nothing to say.</summary>
    public required IReadOnlyList<string> Notes { get; init; }
}

internal static class ComparableSales
{
    /// <summary>The registered sales most like a property, each adjusted to it.</summary>
    /// <param name="radiusKm">How far away a sale may be, in kilometres, up to 200; only where both places have coordinates.</param>
    /// <param name="comparableCount">How many sales to name; default 10.</param>
    /// <param name="timeFrameMonths">How old a sale may be, in months; default 12.</param>
    /// <param name="market">The market to look in, such as <c>dubai</c>; default the installation's own.</param>
    public static async Task<Results<Ok<ComparablesResponse>, NotFound>> OfProperty(
        PropertyId id, [FromQuery(Name = "radius_km")] double? radiusKm, [FromQuery(Name = "comparable_count")] int? comparableCount,
        [FromQuery(Name = "time_frame_months")] int? timeFrameMonths, string? market, MarketHouse house, IPropertyReader properties,
        OwnSales own, CancellationToken ct)
    {
        var query = Query(radiusKm, comparableCount, timeFrameMonths);
        if (await Homes.FindAsync(properties, id, ct) is not { } home) return TypedResults.NotFound();
        return TypedResults.Ok(await FindAsync(await house.GetAsync(market, ct), home, query, id, own, ct));
    }

    /// <summary>The registered sales most like a described home.</summary>
    public static async Task<Ok<ComparablesResponse>> OfDescription(FindComparablesRequest request, MarketHouse house, OwnSales own,
        CancellationToken ct) =>
            TypedResults.Ok(await FindAsync(await house.GetAsync(request.Market, ct), request.Property!,
                new() { Count = request.ComparableCount ?? 10, RadiusKm = request.RadiusKm,
                    TimeFrameMonths = request.TimeFrameMonths ?? 12 }, null, own, ct));

    private static async Task<ComparablesResponse> FindAsync(LoadedMarket market, HomeDescription home, ComparableQuery query,
        PropertyId? property, OwnSales own, CancellationToken ct)
    {
        var subject = SubjectReader.Read(market, home);
        var answer = market.Engine.Value(subject, query with { OwnSales = await own.OfAsync(market, query.TimeFrameMonths, ct) });
        if (answer is PlaceNotCovered missing)
            throw SubjectReader.NotCovered(missing, property is null ? "property.location" : "property_id", market);
        var value = (HomeValuation)answer;
        return new()
        {
            PropertyId = property, Neighborhood = QuickValuation.AreaOf(subject, value), Currency = value.Currency,
            ComparableCount = value.Comparables.Count,
            Comparables = [.. value.Comparables.Select(ComparableResponse.Of)],
            MedianAdjustedPrice = MedianOf(value),
            Notes = [.. value.Notes,
                .. query.RadiusKm is not null && value.Comparables.All(c => c.DistanceKm is null)
                    ? ["No distance is known: the property or the sales have no coordinates, so the radius was not applied."]
                    : Array.Empty<string>()],
            MarketData = market.Label, Market = market.Code, DataUntil = value.DataUntil,
        };
    }

    public static decimal? MedianOf(HomeValuation value)
    {
        var adjusted = value.Comparables.Select(c => (double)c.AdjustedPrice).Order().ToArray();
        return adjusted.Length == 0 ? null : Math.Round((decimal)(adjusted[(adjusted.Length - 1) / 2] + adjusted[adjusted.Length / 2]) / 2);
    }

    private static ComparableQuery Query(double? radiusKm, int? count, int? months)
    {
        var errors = new List<FieldError>();
        void Check(string name, double? value, double least, double most)
        {
            if (value is { } given && !(given >= least && given <= most))
                errors.Add(FieldError.Range(name, $"must be a number from {least} to {most}") with { In = "query" });
        }
        Check("radius_km", radiusKm, 0.05, 200);
        Check("comparable_count", count, 1, 100);
        Check("time_frame_months", months, 1, 120);
        return errors.Count == 0 ? new() { Count = count ?? 10, TimeFrameMonths = months ?? 12, RadiusKm = radiusKm }
            : throw Problem.Invalid(errors);
    }
}

/// <summary>Properties of the organization, described for the engine.</summary>
internal static class Homes
{
    /// <summary>Null where the organization has no such property; a 422 where it can't be valued for want of its area.</summary>
    /// <param name="properties">Reads it as the user.</param>
    /// <param name="id">Which one.</param>
    /// <param name="currency">In which its price is wanted beside; no other is taken for it.</param>
    /// <param name="ct">Ends it.</param>
    public static async Task<HomeDescription?> FindAsync(IPropertyReader properties, PropertyId id, CancellationToken ct,
        string? currency = null)
    {
        if (!(await properties.SummariesAsync([id], ct)).TryGetValue(id, out var property)) return null;
        if (property.SquareFeet is not > 0)
            throw Problem.Invalid(FieldError.Missing(
                "property.area_sqft") with { Message = "is required: the property has no floor area yet" });
        return property.Purpose == ListingPurpose.Sale && property.Currency == currency && property.Price > 0
            ? Of(property) with { AskingPrice = property.Price } : Of(property);
    }

    public static HomeDescription Of(PropertySummary property) => new()
    {
        Address = property.Address, Community = property.Community, Location = property.City, Project = property.Building,
        PropertyType = property.PropertyType, Bedrooms = property.Bedrooms,
        Bathrooms = property.Bathrooms, AreaSqft = (double?)property.SquareFeet, Latitude = property.Latitude,
        Longitude = property.Longitude, CompletionStatus = property.CompletionStatus,
    };
}
