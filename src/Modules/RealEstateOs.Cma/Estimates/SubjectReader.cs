using RealEstateOs.Cma.Market;
using RealEstateOs.Contracts.Properties;
using RealEstateOs.Platform.Problems;
using RealEstateOs.Valuation.Engine;
using RealEstateOs.Valuation.MarketData;

namespace RealEstateOs.Cma.Estimates;

/// <summary>Turns a description into the engine's subject: which of its words name the area and which the project.</summary>
internal static class SubjectReader
{
    private static readonly HashSet<string> Wide = new(StringComparer.OrdinalIgnoreCase) { "dubai", "uae", "ae", "united arab emirates",
        "dubai, uae" };

    public static SubjectProperty Read(LoadedMarket market, HomeDescription home)
    {
        var (area, project) = Place(market, home.Community, home.Location, home.Address);
        var kind = KindOf(home.PropertyType, market.Code);
        return new()
        {
            Area = area,
            Project = home.Project?.Trim() is { Length: > 0 } named ? market.ProjectNamed(named, area) ?? named
                : project is null ? null : market.ProjectNamed(project, area) ?? project,
            Kind = kind,
            OffPlan = home.OffPlan,
            SizeSqm = home.AreaSqft!.Value / Units.SqftPerSqm,
            Bedrooms = home.PropertyType == PropertyType.Studio ? home.Bedrooms ?? 0 : home.Bedrooms,
            Latitude = home.Latitude,
            Longitude = home.Longitude,
            Traits = home.YearBuilt is { } year ? new() { YearBuilt = year, Bathrooms = (float?)home.Bathrooms ?? float.NaN } : null,
        };
    }

    public static PropertyKind KindOf(PropertyType? type, string market) => type switch
    {
        PropertyType.Villa or PropertyType.Townhouse => PropertyKind.Villa,
        PropertyType.SingleFamily or PropertyType.MultiFamily => market == "dubai" ? PropertyKind.Villa : PropertyKind.House,
        PropertyType.HotelApartment => PropertyKind.HotelApartment,
        PropertyType.Office => PropertyKind.Office,
        PropertyType.Retail => PropertyKind.Shop,
        null => market == "dubai" ? PropertyKind.Flat : PropertyKind.House,
        _ => PropertyKind.Flat,
    };

    /// <summary>
    /// The market's area and project among the parts of some texts; what names no known area stays the area that was asked for.
    /// </summary>
    public static (string? Area, string? Project) Place(LoadedMarket market, params ReadOnlySpan<string?> texts)
    {
        string? area = null, project = null, unknown = null;
        foreach (var text in texts)
            foreach (var part in (text ?? "").Split([',', ';', '|', '\n'],
                StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
            {
                if (Wide.Contains(part)) continue;
                if (market.AreaNamed(part) is { } known) area ??= known;
                else if (market.ProjectNamed(part, null) is { } named) project ??= named;
                else unknown ??= part;
            }
        foreach (var text in texts)
            area ??= text is null ? null : Mentioned(market, text);
        return area is null && project is null ? (unknown ?? Joined(texts), null) : (area, project ?? unknown);
    }

    /// <summary>An area named somewhere inside a text, the longest name first: "Marina Heights Tower Dubai Marina".</summary>
    private static string? Mentioned(LoadedMarket market, string text)
    {
        var words = $" {string.Join(' ', text.Split([' ', ',', '-', '/'], StringSplitOptions.RemoveEmptyEntries))} ";
        return market.Areas.Where(a => a.Length >= 4 && words.Contains($" {a} ", StringComparison.OrdinalIgnoreCase)).MaxBy(a => a.Length);
    }

    private static string? Joined(ReadOnlySpan<string?> texts)
    {
        foreach (var text in texts)
            if (!string.IsNullOrWhiteSpace(text)) return text.Trim();
        return null;
    }

    /// <summary>Which project a name was taken for, or which it may mean.</summary>
    public static IEnumerable<string> ProjectNotes(LoadedMarket market, SubjectProperty subject, HomeDescription home, HomeValuation value)
    {
        if (subject.Project is not { } project) yield break;
        if (home.Project?.Trim() is { Length: > 0 } asked && AreaNames.Key(asked) != AreaNames.Key(project))
            yield return $"'{asked}' is taken for the project '{project}'.";
        if (value.Evidence.SameProject > 0 || market.ProjectNamed(project, null) is not null) yield break;
        var near = market.ProjectsLike(project, null, 3).Select(p => $"{p.Project} ({p.Area})").ToArray();
        if (near.Length > 0) yield return $"Did you mean {string.Join(", ", near)}?";
    }

    /// <summary>The refusal where no sale carries a figure: 422 with the nearest areas that have some.</summary>
    public static Problem NotCovered(PlaceNotCovered missing, string member, LoadedMarket market)
    {
        var near = missing.NearestAreas.Select(a => a.Area).ToArray();
        var message = missing.Reason
            + (near.Length > 0 ? $" Nearest covered areas: {string.Join(", ", near)}." : " No area of this market is covered.");
        return new(422, ErrorCodes.Range, "ValidationError", message)
        {
            Errors = [FieldError.Range(member, message) with { Type = "value_error.not_covered" }],
            Details = new Dictionary<string, object?> { ["asked"] = missing.Asked, ["nearest_areas"] = missing.NearestAreas,
                ["did_you_mean"] = market.ProjectsLike(missing.Asked, null, 5), ["market_data"] = market.Label },
        };
    }
}
