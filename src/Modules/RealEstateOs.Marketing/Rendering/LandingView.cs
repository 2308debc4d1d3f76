namespace RealEstateOs.Marketing.Rendering;

/// <summary>A landing page as it is shown now.</summary>
internal sealed record LandingView(AdContent Ad, string FormAction)
{
    public bool IsPreview { get; init; }
    public bool IsSent { get; init; }
    public IReadOnlyList<PagePhoto> Photos { get; init; } = [];
    /// <summary>The same page in other languages: tag, name, address.</summary>
    public IReadOnlyList<(string Tag, string Label, string Address)> Languages { get; init; } = [];
    public string ConsentText { get; init; } = "";
    public IReadOnlyList<string> Faults { get; init; } = [];
    public IReadOnlyDictionary<string, string> Entered { get; init; } = new Dictionary<string, string>();

    public string? Given(string field) => Entered.GetValueOrDefault(field);
}

/// <param name="Sources">For <c>srcset</c>: the picture in several widths.</param>
internal sealed record PagePhoto(string Address, string Sources);
