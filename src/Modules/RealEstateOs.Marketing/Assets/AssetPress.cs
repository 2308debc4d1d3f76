using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using RealEstateOs.Marketing.Adverts;
using RealEstateOs.Marketing.LandingPages;
using RealEstateOs.Marketing.Rendering;
using RealEstateOs.Marketing.Templates;
using RealEstateOs.Platform.Http;
using RealEstateOs.Platform.Persistence;
using RealEstateOs.Platform.Problems;
using RealEstateOs.Platform.Rendering;
using RealEstateOs.Platform.Serialization;
using RealEstateOs.Platform.Storage;

namespace RealEstateOs.Marketing.Assets;

/// <summary>What an asset will be made from, and the hash of it.</summary>
internal sealed record AssetDraft(AdContent Ad, AdDesign Design, AdStyle Style, IReadOnlyList<PhotoSource> Photos,
    PhotoSource? Logo, PhotoSource? Portrait, string PageAddress, string Hash);

/// <summary>Turns a draft into a file: a PDF, a picture, a mail.</summary>
internal sealed class AssetPress(PageRenderer renderer, AdPages pages, AdMails mails, PhotoSizes photos, Files files, PublicAddress address,
    Designs designs, MarketingDb db, TimeProvider clock)
{
    // Another version of the product lays out differently: what it made before is made again.
    private static readonly string Layouts = typeof(AssetPress).Assembly.ManifestModule.ModuleVersionId.ToString("n");

    public async Task<AssetDraft> DraftAsync(MarketingAsset asset, MarketingCampaign campaign, AdSubject subject, LandingPage page,
        CancellationToken ct)
    {
        ct.ThrowIfCancellationRequested();
        var design = await designs.FindAsync(asset.Template, ct) ?? throw Problem.NotFound($"Template {asset.Template}");
        var link = address.Of(page.Path);
        var ad = AdWriter.Write(subject, campaign, asset.Language, link);
        var sources = PhotosOf(subject).ToList();
        var logo = subject.Brand.Logo is { } own ? new PhotoSource(own.FileKey, own.Url) : null;
        var portrait = subject.Profile?.PhotoUrl is { } photo ? new PhotoSource(null, photo) : null;
        var style = design.Style.WithBrand(subject.Brand.PrimaryColor, subject.Brand.SecondaryColor);
        var all = JsonSerializer.Serialize(new { ad, sources, logo, portrait, style, design.Reference, asset.Format, asset.ForPress,
            Own = design.Layout.Own?.Html + design.Layout.Own?.Css, Layouts }, Json.Options);
        return new AssetDraft(ad, design, style, sources, logo, portrait, link,
            Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(all))));
    }

    public static IEnumerable<PhotoSource> PhotosOf(AdSubject subject) =>
        (subject.Listing?.Pictures ?? []).Select(p => new PhotoSource(p.FileKey, p.Url));

    public async Task MakeAsync(MarketingAsset asset, AssetDraft draft, CancellationToken ct)
    {
        var old = asset.FileKey;
        switch (asset.Sheet.Format.Medium)
        {
            case AdMedium.Print:
                var sheet = asset.Sheet;
                var (print, prints) = await WithPicturesAsync(draft, 1900, 900, IsOwn(draft) ? 12 : 6, ct);
                var pdf = await renderer.PdfAsync(await pages.PrintAsync(print, draft.Design.Layout, draft.Style, sheet), prints, ct);
                asset.Made(await files.SaveOwnAsync(sheet.ForPress ? PressMarks.Box(pdf, sheet) : pdf, FileKind.Pdf, ct), draft.Hash, null,
                    clock.Now());
                break;
            case AdMedium.Picture:
                var (width, height) = ((int)asset.Sheet.Format.Width, (int)asset.Sheet.Format.Height);
                var (ad, shown) = await WithPicturesAsync(draft, Math.Max(width, height), 900, IsOwn(draft) ? 6 : 1, ct);
                var page = await pages.PictureAsync(ad, draft.Design.Layout, draft.Style, asset.Sheet);
                var picture = await renderer.ImageAsync(page, shown, width, height, ImageKind.Jpeg, ct);
                asset.Made(await files.SaveOwnAsync(picture, FileKind.Jpeg, ct), draft.Hash, null, clock.Now());
                break;
            case AdMedium.Mail:
                var mail = await mails.WriteAsync(draft);
                asset.Made(await files.SaveOwnAsync(Encoding.UTF8.GetBytes(mail.Html), FileKind.Html, ct), draft.Hash, mail.Text,
                    clock.Now());
                break;
            default:
                asset.Published(draft.Hash, clock.Now());
                break;
        }
        if (old is not null) files.DeleteAfterCommit(db.Work, FileKey.Parse(old));
    }

    private static bool IsOwn(AssetDraft draft) => draft.Design.Layout.Own is not null;

    /// <summary>The advertisement, and the pictures that its page will find beside it: it reaches nothing else.</summary>
    private async Task<(AdContent Ad, IReadOnlyCollection<PagePicture> Pictures)> WithPicturesAsync(AssetDraft draft, int firstSide,
        int otherSide, int most, CancellationToken ct)
    {
        var shown = new List<PagePicture>();
        foreach (var source in draft.Photos)
        {
            if (shown.Count == most) break;
            if (await photos.JpegAsync(source, shown.Count == 0 ? firstSide : otherSide, ct) is { } jpeg)
                shown.Add(new($"photo-{shown.Count}.jpg", jpeg));
        }
        var logo = draft.Logo is { } mark && await photos.PngAsync(mark, 600, ct) is { } png ? new PagePicture("logo.png", png) : null;
        var portrait = draft.Portrait is { } person && await photos.JpegAsync(person, 400, ct) is { } face
            ? new PagePicture("agent.jpg", face) : null;
        var ad = draft.Ad with
        {
            Photos = [.. shown.Select(p => new AdPhoto(p.Name, p.Ratio))], Office = draft.Ad.Office with { Logo = logo?.Name },
            Agent = draft.Ad.Agent is { } agent ? agent with { Photo = portrait?.Name } : null,
        };
        return (ad, [.. shown, .. new[] { logo, portrait }.OfType<PagePicture>()]);
    }
}
