using Microsoft.AspNetCore.Components;

namespace RealEstateOs.Marketing.Rendering;

/// <summary>What every layout gets.</summary>
public abstract class LayoutBase : ComponentBase
{
    [Parameter, EditorRequired] public object Advert { get; set; } = null!;

    [Parameter, EditorRequired] public object On { get; set; } = null!;

    private protected AdContent Ad => (AdContent)Advert;

    private protected AdSheet Sheet => (AdSheet)On;

    private protected AdTexts T => Ad.Texts;

    /// <summary>Long headlines are set smaller: print has no script that could measure them.</summary>
    private protected static string Fit(string text, int roomy, int tight) =>
        text.Length <= roomy ? "roomy" : text.Length <= tight ? "middling" : "tight";
}
