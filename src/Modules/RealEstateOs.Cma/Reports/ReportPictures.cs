using Microsoft.Extensions.Logging;
using RealEstateOs.Contracts.Properties;
using RealEstateOs.Platform.Outgoing;
using RealEstateOs.Platform.Problems;
using RealEstateOs.Platform.Storage;

namespace RealEstateOs.Cma.Reports;

/// <summary>
/// Pictures of a cover as the page holds them: in itself, as data addresses. Nothing is fetched when a page is shown or printed.
/// </summary>
internal sealed record ReportPictures(string? Cover, string? Logo)
{
    public static readonly ReportPictures None = new(null, null);
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
    public Task<string?> CopyAsync(PropertyPicture? picture, CancellationToken ct) => picture switch
    {
        { FileKey: { } key } => TakeAsync(async limit => await files.OpenAsync(FileKey.Parse(key), limit), "a file of ours", ct),
        { Url: { } url } => CopyAsync(url, ct),
        _ => Task.FromResult<string?>(null),
    };

    /// <inheritdoc cref="CopyAsync(PropertyPicture?, CancellationToken)"/>
    public Task<string?> CopyAsync(string? url, CancellationToken ct)
    {
        if (url is null || rules.FaultOf(url) is not null) return Task.FromResult<string?>(null);
        return TakeAsync(async limit =>
        {
            var response = await outgoing.Client.GetAsync(url, HttpCompletionOption.ResponseHeadersRead, limit);
            return response.EnsureSuccessStatusCode().Content.Headers.ContentLength > MostBytes ? null
                : await response.Content.ReadAsStreamAsync(limit);
        }, url, ct);
    }

    public async Task<ReportPictures> LoadAsync(CmaReport report, CancellationToken ct) =>
        new(await LoadAsync(report.CoverKey, ct), await LoadAsync(report.LogoKey, ct));

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

    private async Task<string?> LoadAsync(string? key, CancellationToken ct)
    {
        if (key is null) return null;
        await using var content = await files.OpenAsync(FileKey.Parse(key), ct);
        if (content is null) return null;
        using var bytes = new MemoryStream();
        await content.CopyToAsync(bytes, ct);
        bytes.Position = 0;
        var kind = await FileKind.SniffAsync(bytes, null, ct);
        return FileKind.Images.Contains(kind)
            ? $"data:{kind.ContentType};base64,{Convert.ToBase64String(bytes.GetBuffer(), 0, (int)bytes.Length)}" : null;
    }
}
