using Microsoft.Extensions.Caching.Memory;
using Microsoft.Extensions.Logging;
using RealEstateOs.Platform.Outgoing;
using RealEstateOs.Platform.Rendering;

namespace RealEstateOs.Deals.Papers;

/// <summary>
/// The office's logo for the head of a paper. Where it can't be had at once, the office's name stands there alone: nobody waits for a
/// paper because of its logo.
/// </summary>
internal sealed class PaperLogo(OutgoingHttp outgoing, OutgoingRules rules, ILogger<PaperLogo> log)
{
    private const int MostBytes = 2 * 1024 * 1024;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3), Remembered = TimeSpan.FromMinutes(10);
    private static readonly MemoryCache Known = new(new MemoryCacheOptions { SizeLimit = 32 * 1024 * 1024 });

    public async Task<PagePicture?> FindAsync(string? url, CancellationToken ct)
    {
        if (url is null || rules.FaultOf(url) is not null) return null;
        if (Known.TryGetValue(url, out PagePicture? known)) return known;
        var logo = await FetchAsync(url, ct);
        Known.Set(url, logo, new MemoryCacheEntryOptions { Size = 1 + (logo?.Content.Length ?? 0),
            AbsoluteExpirationRelativeToNow = Remembered });
        return logo;
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
