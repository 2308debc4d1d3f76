using RealEstateOs.Contracts.Marketing;
using RealEstateOs.Contracts.Properties;
using RealEstateOs.Platform.Http;
using RealEstateOs.Platform.Storage;
using RealEstateOs.Social.Posts;

namespace RealEstateOs.Social.Networks;

/// <summary>The pictures of a post in the form that networks take: JPEG, from 4:5 to 1.91:1, at most 1440 pixels wide.</summary>
internal sealed class PostMedia(IAdvertPictures pictures, Files files, FileLinks links, PublicAddress address)
{
    private static readonly PictureFrame Feed = new(1440, 0.8, 1.91);

    // Meta's fetcher comes when it likes, and asks again.
    private static readonly TimeSpan Lifetime = TimeSpan.FromHours(3);

    private readonly SemaphoreSlim turn = new(1);

    public static string? VideoOf(Post post) => post.PictureList.FirstOrDefault(p => p.Source == "video")?.Url;

    /// <summary>The pictures that can be had, at most so many.</summary>
    public async Task<IReadOnlyList<byte[]>> JpegsAsync(Post post, int most, CancellationToken ct)
    {
        var found = new List<byte[]>();
        foreach (var picture in post.PictureList.Where(p => p.Source != "video"))
        {
            if (found.Count == most) break;
            if (await OneAsync(picture, ct) is { } jpeg) found.Add(jpeg);
        }
        return found;
    }

    /// <summary>The same, behind addresses that a network may fetch.</summary>
    public async Task<IReadOnlyList<string>> UrlsAsync(Post post, int most, CancellationToken ct)
    {
        var urls = new List<string>();
        foreach (var jpeg in await JpegsAsync(post, most, ct))
        {
            var stored = await files.SaveOwnAsync(jpeg, FileKind.Jpeg, ct);
            urls.Add(address.Of(links.Make(stored.Key, "photo.jpg", "image/jpeg", Lifetime)));
        }
        return urls;
    }

    // Decoding takes memory: one picture at a time for all posts of a batch.
    private async Task<byte[]?> OneAsync(PostPicture picture, CancellationToken ct)
    {
        await turn.WaitAsync(ct);
        try
        {
            return await pictures.JpegAsync(new ListingPicture(picture.FileKey, picture.Url, null), Feed, ct);
        }
        finally
        {
            turn.Release();
        }
    }
}
