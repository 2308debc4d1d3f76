using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using FluentValidation;
using FluentValidation.Results;
using RealEstateOs.Marketing.Adverts;
using RealEstateOs.Marketing.Rendering;
using RealEstateOs.Platform.Http;

namespace RealEstateOs.Marketing.Templates;

/// <summary>
/// Whether a template has a place for everything that its market's rules want shown; whether an advertisement keeps the rules is checked on
/// the advertisement.
/// </summary>
public enum TemplateCompliance { ShowsRequiredDetails, MissesRequiredDetails }

/// <summary>The members of a template that a client may write.</summary>
public abstract record MarketingTemplateFields : PartialBody
{
    /// <summary>What the office calls it, up to 120 letters.</summary>
    [MaxLength(120)] public string? Name { get; init; }
    /// <summary>When to use it, up to 500 letters.</summary>
    [MaxLength(500)] public string? Description { get; init; }
    /// <summary><c>flyer</c>, <c>postcard</c>, <c>email</c> or <c>social</c>; landing pages are the product's own.</summary>
    public TemplateCategory? Category { get; init; }
    /// <summary>Default: the organization's market.</summary>
    public TemplateMarket? Market { get; init; }
    /// <summary>
    /// Whose colours and letters <c>var(--accent)</c>, <c>--ink</c>, <c>--paper</c>, <c>--panel</c>, <c>--muted</c>, <c>--line</c>,
    /// <c>--display</c> and <c>--body</c> stand for, before the organization's own colours: <c>marina</c>, <c>luxury</c>, <c>desert</c>,
    /// <c>garden</c>, <c>night</c>, <c>classic</c> or <c>coast</c>.
    /// </summary>
    [MaxLength(20)] public string? Theme { get; init; }
    /// <summary>
    /// Handlebars: <c>{{headline}}</c>, <c>{{#if price}}</c>, <c>{{#each photos}}</c>. Each outermost <c>article</c> is a side.
    /// </summary>
    [MaxLength(40_000)] public string? Html { get; init; }
    /// <summary>A style sheet without addresses; in mails it is moved into the elements.</summary>
    [MaxLength(20_000)] public string? Css { get; init; }

    internal void ApplyTo(OwnTemplate t)
    {
        t.Name = Given(Name?.Trim(), t.Name, nameof(Name))!;
        t.Description = Given(Description, t.Description);
        t.Category = Category ?? t.Category;
        t.Market = Market ?? t.Market;
        t.Theme = Theme ?? t.Theme;
        t.Html = Given(Html, t.Html)!;
        t.Css = Given(Css, t.Css) ?? "";
    }
}

/// <example>{"name": "Harbour flyer", "category": "flyer", "market": "dubai", "theme": "marina",
/// "html": "&lt;h1&gt;{{headline}}&lt;/h1&gt;&lt;p&gt;{{price}} · {{permit_number}}&lt;/p&gt;",
/// "css": "h1{font-family:var(--display);color:var(--accent)}"}</example>
public sealed record CreateMarketingTemplateRequest : MarketingTemplateFields, IRequestBody<CreateMarketingTemplateRequest>;

/// <example>{"name": "Harbour flyer, spring"}</example>
public sealed record UpdateMarketingTemplateRequest : MarketingTemplateFields, IRequestBody<UpdateMarketingTemplateRequest>;

internal abstract class MarketingTemplateValidator<T> : AbstractValidator<T> where T : MarketingTemplateFields
{
    protected MarketingTemplateValidator()
    {
        RuleFor(t => t.Category).NotEqual(TemplateCategory.LandingPage)
            .WithMessage("must be flyer, postcard, email or social: landing pages are the product's own");
        RuleFor(t => t.Theme).Must(theme => theme is null || AdStyle.Themes.ContainsKey(theme))
            .WithMessage($"must be one of {string.Join(", ", AdStyle.Themes.Keys)}");
        RuleFor(t => t.Html).Custom((html, context) =>
        {
            foreach (var fault in SampleAd.FaultsOf(html)) context.AddFailure(new ValidationFailure("html", fault));
        });
        RuleFor(t => t.Css).Custom((css, context) =>
        {
            foreach (var fault in StyleRules.Faults(css ?? "")) context.AddFailure(new ValidationFailure("css", fault));
        });
    }
}

internal sealed class CreateMarketingTemplateValidator : MarketingTemplateValidator<CreateMarketingTemplateRequest>
{
    public CreateMarketingTemplateValidator()
    {
        RuleFor(t => t.Name).NotEmpty();
        RuleFor(t => t.Category).NotNull();
        RuleFor(t => t.Html).NotEmpty();
    }
}

internal sealed class UpdateMarketingTemplateValidator : MarketingTemplateValidator<UpdateMarketingTemplateRequest>
{
    public UpdateMarketingTemplateValidator()
    {
        RuleFor(t => t.Name).NotEmpty().When(t => t.Has(nameof(t.Name)));
        RuleFor(t => t.Html).NotEmpty().When(t => t.Has(nameof(t.Html)));
    }
}

/// <summary>A template for a category of advertisements.</summary>
/// <param name="Compliance">Of the template: it never claims that an advertisement was approved.</param>
/// <param name="PreviewUrl">A picture of it, filled with an invented home; null where no browser could make it.</param>
/// <param name="CustomizableFields">The members of <c>customizations</c> and of the listing that it shows.</param>
/// <param name="IsStarter">It came with the product; the others are the organization's own.</param>
/// <param name="Id">Of a starter a word such as dubai_letter; of one of the organization's own a reference.</param>
/// <param name="Name">What people call it.</param>
/// <param name="Description">When to use it.</param>
/// <param name="Occasions">The kinds of campaign that it is made for; the first fits best.</param>
/// <param name="Languages">en, ar or both.</param>
/// <inheritdoc cref="MarketingTemplateFields"/>
public sealed record MarketingTemplateResponse(
    string Id, string Name, string? Description, TemplateCategory Category, TemplateMarket Market, TemplateCompliance Compliance,
    string? PreviewUrl, IReadOnlyList<string> CustomizableFields, IReadOnlyList<string> Occasions, IReadOnlyList<string> Languages,
    bool IsStarter) : IVersionedResponse
{
    /// <summary>Whose colours and letters it has before the organization's own.</summary>
    public string? Theme { get; init; }
    /// <summary>What the market wants shown and the template does not; it blocks a launch.</summary>
    public IReadOnlyList<string> MissingFields { get; init; } = [];
    /// <summary>Of one's own templates, where one is read by its id.</summary>
    public string? Html { get; init; }
    /// <summary>Style sheet; null for a starter.</summary>
    public string? Css { get; init; }
    /// <summary>Null for a starter.</summary>
    public DateTimeOffset? CreatedAt { get; init; }
    /// <summary>Null for a starter.</summary>
    public DateTimeOffset? UpdatedAt { get; init; }

    [JsonIgnore] public uint Version { get; init; }

    [JsonIgnore] public string Reference => Id;
}

/// <summary>Templates that fit, and how many there are in the market.</summary>
/// <param name="Templates">Starters first, then the organization's own.</param>
/// <param name="Total">Templates in the market that was asked for, of all categories.</param>
/// <param name="MarketSpecific">The market was named in the question.</param>
/// <param name="ComplianceNote">What templates promise about the market's rules, and what not.</param>
public sealed record TemplateList(IReadOnlyList<MarketingTemplateResponse> Templates, int Total, bool MarketSpecific, string ComplianceNote)
{
    internal const string Note =
        "A template has a place for what must be shown. Whether an advertisement keeps the rules is checked on the advertisement itself.";
}
