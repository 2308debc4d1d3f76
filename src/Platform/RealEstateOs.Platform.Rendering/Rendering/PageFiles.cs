namespace RealEstateOs.Platform.Rendering;

/// <summary>A page and its pictures in a folder of their own, which a browser reads faster than what it is told in a message.</summary>
internal sealed class PageFiles : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("reos-page-");
    private readonly HashSet<string> addresses = new(StringComparer.Ordinal);

    /// <summary>The address of the page.</summary>
    public async Task<string> WriteAsync(string html, IEnumerable<PagePicture> pictures)
    {
        foreach (var picture in pictures) await File.WriteAllBytesAsync(PathOf(picture.Name), picture.Content);
        await File.WriteAllTextAsync(PathOf("page.html"), html);
        return AddressOf("page.html");
    }

    /// <summary>May the page have what is at this address?</summary>
    public bool Holds(string address) => addresses.Contains(address) || address.StartsWith("data:", StringComparison.Ordinal);

    private string PathOf(string name)
    {
        addresses.Add(AddressOf(name));
        return Path.Combine(folder.FullName, name);
    }

    private string AddressOf(string name) => new Uri(Path.Combine(folder.FullName, name)).AbsoluteUri;

    public void Dispose() => folder.Delete(recursive: true);
}
