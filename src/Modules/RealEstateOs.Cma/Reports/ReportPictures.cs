using Microsoft.Extensions.Logging;
using RealEstateOs.Contracts.Auth;
using RealEstateOs.Contracts.Properties;
using RealEstateOs.Platform.Outgoing;
using RealEstateOs.Platform.Problems;
using RealEstateOs.Platform.Rendering;
using RealEstateOs.Platform.Storage;

namespace RealEstateOs.Cma.Reports;

/// <summary>The pictures of a cover. Nothing is fetched when a page is shown or printed.</summary>
/// <param name="Inside">They are in the page itself, which has no files beside it.</param>
internal sealed record ReportPictures(PagePicture? Cover, PagePicture? Logo, bool Inside = false)
{
    public static readonly ReportPictures None = new(null, null);

    public IReadOnlyCollection<PagePicture> All => [.. new[] { Cover, Logo }.OfType<PagePicture>()];

    public string AddressOf(PagePicture picture) => !Inside ? picture.Name
        : $"data:image/{Path.GetExtension(picture.Name)[1..]};base64,{Convert.ToBase64String(picture.Content)}";
}

/// <summary>
/// Takes copies of the pictures that belong on a cover. One that can't be had (gone, refused, too large, no picture) is left out: a report
/// is never late or lost for it. Addresses elsewhere are called through the client that reaches public addresses only.
/// </summary>
internal sealed class ReportPictureStore(Files files, OutgoingHttp outgoing, OutgoingRules rules, ILogger<ReportPictureStore> log)
{
    private const long MostBytes = 8 * 1024 * 1024;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(8);

    /// <summary>Key of the copy, null where there is none.</summary>
    public Task<string?> CopyAsync(PropertyPicture? picture, CancellationToken ct) => CopyAsync(picture?.FileKey, picture?.Url, ct);

    /// <inheritdoc cref="CopyAsync(PropertyPicture?, CancellationToken)"/>
    public Task<string?> CopyAsync(OrganizationLogo? logo, CancellationToken ct) => CopyAsync(logo?.FileKey, logo?.Url, ct);

    private Task<string?> CopyAsync(string? key, string? url, CancellationToken ct)
    {
        if (key is not null)
            return TakeAsync(async limit => await files.OpenAsync(FileKey.Parse(key), limit), "a file of ours", ct);
        if (url is null || rules.FaultOf(url) is not null) return Task.FromResult<string?>(null);
        return TakeAsync(async limit =>
        {
            var response = await outgoing.Client.GetAsync(url, HttpCompletionOption.ResponseHeadersRead, limit);
            return response.EnsureSuccessStatusCode().Content.Headers.ContentLength > MostBytes ? null
                : await response.Content.ReadAsStreamAsync(limit);
        }, url, ct);
    }

    public async Task<ReportPictures> LoadAsync(CmaReport report, CancellationToken ct) =>
        new(await LoadAsync(report.CoverKey, "cover", ct), await LoadAsync(report.LogoKey, "logo", ct));

    private async Task<string?> TakeAsync(Func<CancellationToken, Task<Stream?>> open, string from, CancellationToken ct)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
        limit.CancelAfter(Patience);
        try
        {
            await using var content = await open(limit.Token);
            return content is null ? null : (await files.SaveAsync(content, null, MostBytes, FileKind.Images, limit.Token)).Key.Value;
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException or Problem
            || exception is OperationCanceledException && !ct.IsCancellationRequested)
        {
            log.LogInformation("A report is made without a picture: {From} gave none ({Reason})", from, exception.Message);
            return null;
        }
    }

    private async Task<PagePicture?> LoadAsync(string? key, string name, CancellationToken ct)
    {
        if (key is null) return null;
        await using var content = await files.OpenAsync(FileKey.Parse(key), ct);
        if (content is null) return null;
        using var bytes = new MemoryStream();
        await content.CopyToAsync(bytes, ct);
        bytes.Position = 0;
        var kind = await FileKind.SniffAsync(bytes, null, ct);
        return FileKind.Images.Contains(kind) ? new($"{name}.{kind.ContentType.Split('/')[1]}", bytes.ToArray()) : null;
    }
}
