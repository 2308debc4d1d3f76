using Microsoft.Extensions.Caching.Memory;
using Microsoft.Extensions.Logging;
using RealEstateOs.Contracts.Auth;
using RealEstateOs.Platform.Outgoing;
using RealEstateOs.Platform.Rendering;
using RealEstateOs.Platform.Storage;

namespace RealEstateOs.Deals.Papers;

/// <summary>
/// The office's logo for the head of a paper. Where it can't be had at once, the office's name stands there alone: nobody waits for a
/// paper because of its logo.
/// </summary>
internal sealed class PaperLogo(Files files, OutgoingHttp outgoing, OutgoingRules rules, ILogger<PaperLogo> log)
{
    private const int MostBytes = 2 * 1024 * 1024;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3), Remembered = TimeSpan.FromMinutes(10);
    private static readonly MemoryCache Known = new(new MemoryCacheOptions { SizeLimit = 32 * 1024 * 1024 });

    public async Task<PagePicture?> FindAsync(OrganizationLogo? office, CancellationToken ct)
    {
        if (office?.FileKey is { } key) return await ReadAsync(FileKey.Parse(key), ct);
        if (office?.Url is not { } url || rules.FaultOf(url) is not null) return null;
        if (Known.TryGetValue(url, out PagePicture? known)) return known;
        var logo = await FetchAsync(url, ct);
        Known.Set(url, logo, new MemoryCacheEntryOptions { Size = 1 + (logo?.Content.Length ?? 0),
            AbsoluteExpirationRelativeToNow = Remembered });
        return logo;
    }

    private async Task<PagePicture?> ReadAsync(FileKey key, CancellationToken ct)
    {
        await using var content = await files.OpenAsync(key, ct);
        if (content is null) return null;
        using var bytes = new MemoryStream();
        await content.CopyToAsync(bytes, ct);
        var picture = new PagePicture("logo", bytes.ToArray());
        return picture.Ratio is null ? null : picture;
    }

    private async Task<PagePicture?> FetchAsync(string url, CancellationToken ct)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
        limit.CancelAfter(Patience);
        try
        {
            using var response = await outgoing.Client.GetAsync(url, HttpCompletionOption.ResponseHeadersRead, limit.Token);
            await response.EnsureSuccessStatusCode().Content.LoadIntoBufferAsync(MostBytes, limit.Token);
            var picture = new PagePicture("logo", await response.Content.ReadAsByteArrayAsync(limit.Token));
            return picture.Ratio is null ? null : picture;
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException
            || exception is OperationCanceledException && !ct.IsCancellationRequested)
        {
            log.LogInformation("A paper is printed without a logo: {Url} gave none ({Reason})", url, exception.Message);
            return null;
        }
    }
}
