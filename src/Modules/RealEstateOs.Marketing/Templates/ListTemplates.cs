using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using RealEstateOs.Platform.Http;

namespace RealEstateOs.Marketing.Templates;

/// <summary>
/// Whether a template has a place for everything that its market's rules want shown; whether an advertisement keeps the rules is checked on
/// the advertisement.
/// </summary>
public enum TemplateCompliance { ShowsRequiredDetails, MissesRequiredDetails }

/// <summary>A template for a category of advertisements.</summary>
/// <param name="PreviewUrl">A picture of it, filled with an invented home.</param>
/// <param name="CustomizableFields">The members of <c>customizations</c> and of the listing that it shows.</param>
public sealed record MarketingTemplateResponse(
    string Id, string Name, string Description, TemplateCategory Category, TemplateMarket Market, TemplateCompliance Compliance,
    string PreviewUrl, IReadOnlyList<string> CustomizableFields,
    IReadOnlyList<string> Occasions, IReadOnlyList<string> Languages, bool IsStarter);

/// <summary>Templates that fit, and how many there are in the market.</summary>
public sealed record TemplateList(IReadOnlyList<MarketingTemplateResponse> Templates, int Total, bool MarketSpecific, string ComplianceNote)
{
    internal const string Note =
        "A template has a place for what must be shown. Whether an advertisement keeps the rules is checked on the advertisement itself.";
}

internal static class ListTemplates
{
    private static readonly string[] Fields = ["headline", "price", "property_features", "agent_info", "description",
        "call_to_action", "photos"];

    /// <summary>The templates of a market and category: those that come with the product, and the organization's own.</summary>
    /// <param name="category"><c>flyer</c>, <c>postcard</c>, <c>email</c>, <c>social</c> or <c>landing_page</c>.</param>
    /// <param name="market"><c>dubai</c> or <c>us</c>.</param>
    public static Ok<TemplateList> Handle([FromQuery] string? category = null, [FromQuery] string? market = null)
    {
        var faults = new List<FieldError>();
        var inCategory = Read<TemplateCategory>("category", category, faults);
        var inMarket = Read<TemplateMarket>("market", market, faults);
        if (faults.Count > 0) throw Problem.Invalid(faults);
        var ofMarket = StarterTemplates.All.Where(t => inMarket is null || t.Market == inMarket).ToList();
        return TypedResults.Ok(new TemplateList([.. ofMarket.Where(t => inCategory is null || t.Category == inCategory).Select(Of)],
            ofMarket.Count, inMarket is not null, TemplateList.Note));
    }

    internal static MarketingTemplateResponse Of(StarterTemplate t) => new(
        t.Reference, t.Name, t.Description, t.Category, t.Market, TemplateCompliance.ShowsRequiredDetails,
        $"/marketing/previews/{t.Key}.jpg", Fields, t.Occasions, ["en", "ar"], true);

    private static T? Read<T>(string name, string? word, List<FieldError> faults) where T : struct, Enum
    {
        if (string.IsNullOrWhiteSpace(word)) return null;
        if (Vocabulary.TryRead<T>(word.Trim(), out var value)) return value;
        faults.Add(FieldError.Format(name, Vocabulary.Explain(typeof(T))) with { In = "query" });
        return null;
    }
}
