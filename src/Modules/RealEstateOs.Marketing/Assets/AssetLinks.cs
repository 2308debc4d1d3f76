using RealEstateOs.Contracts.Ids;
using RealEstateOs.Contracts.Marketing;
using RealEstateOs.Marketing.LandingPages;
using RealEstateOs.Marketing.Rendering;
using RealEstateOs.Platform.Storage;

namespace RealEstateOs.Marketing.Assets;

/// <summary>A file of a campaign; its link needs no sign-in and ends after a day.</summary>
/// <param name="Content">The content of the package that it belongs to.</param>
/// <param name="Sha256">Of the file; for a page, of what it says.</param>
/// <param name="Language"><c>en</c> or <c>ar</c>.</param>
/// <param name="PrintReady">With bleed and crop marks.</param>
/// <param name="Url">Signed, ends after a day; null until it is ready.</param>
/// <param name="Width">In <paramref name="Unit"/>.</param>
/// <param name="Height">In <paramref name="Unit"/>.</param>
/// <param name="Unit"><c>mm</c> of what is printed, <c>px</c> of pictures; null for mails and pages.</param>
/// <param name="Error">Why it could not be made.</param>
/// <param name="AssetId">Id of the file.</param>
/// <param name="Format">What is made, such as a4, post or html.</param>
/// <param name="Platform">The network that a picture is for; null for others.</param>
/// <param name="Template">Id of the template that it is made by.</param>
/// <param name="ContentType">Media type; null until it is ready.</param>
/// <param name="Bytes">Size; null until it is ready.</param>
/// <param name="MadeAt">When it was made; null until then.</param>
public sealed record AssetResponse(
    string AssetId, string Content, MarketingChannel Channel, string Format, string Language, string? Platform, bool PrintReady,
    string Template, AssetState Status, string? Url, string? ContentType,
    long? Bytes, double? Width, double? Height, string? Unit, string? Sha256, string? Error, DateTimeOffset? MadeAt);

/// <summary>Shows assets with links to their files.</summary>
internal sealed class AssetLinks(FileLinks links)
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromHours(24);

    public AssetResponse Of(MarketingAsset asset, LandingPage? page)
    {
        var format = asset.Sheet.Format;
        return new AssetResponse(
            asset.Id.Reference(), AssetPlan.ContentNames[asset.Channel], asset.Channel, asset.Format,
            asset.Language == AdLanguage.Ar ? "ar" : "en", asset.Platform, asset.ForPress, asset.Template, asset.State,
            Url(asset, page), asset.ContentType, asset.Bytes, format.Width == 0 ? null : format.Width,
            format.Height == 0 ? null : format.Height,
            format.Medium switch { AdMedium.Print => "mm", AdMedium.Picture => "px", _ => null }, asset.Sha256, asset.Error, asset.MadeAt);
    }

    private string? Url(MarketingAsset asset, LandingPage? page)
    {
        if (asset.State != AssetState.Ready) return null;
        if (asset.Channel == MarketingChannel.LandingPage) return page?.Path;
        return asset.FileKey is { } key ? links.Make(FileKey.Parse(key), asset.FileName, asset.ContentType!, Lifetime) : null;
    }
}
