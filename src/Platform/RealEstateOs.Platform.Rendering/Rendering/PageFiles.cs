using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;

namespace RealEstateOs.Platform.Rendering;

/// <summary>
/// A page and its pictures in a folder of their own: a browser reads a file at once, and takes a fifth of a second for a megabyte that it
/// is told in a message.
/// </summary>
internal sealed partial class PageFiles : IDisposable
{
    private const string Page = "page.html";

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("reos-page-");
    private readonly Dictionary<string, string> names = new(StringComparer.Ordinal);
    private readonly HashSet<string> addresses = new(StringComparer.Ordinal);

    public string Address => AddressOf(Page);

    public static async Task<PageFiles> WriteAsync(string html)
    {
        var files = new PageFiles();
        await File.WriteAllTextAsync(files.PathOf(Page), Inline().Replace(html, files.Name));
        files.addresses.Add(files.Address);
        return files;
    }

    /// <summary>May the page have what is at this address?</summary>
    public bool Holds(string address) => addresses.Contains(address) || address.StartsWith("data:", StringComparison.Ordinal);

    private string Name(Match picture)
    {
        if (names.TryGetValue(picture.Value, out var known)) return known;
        var content = WebUtility.HtmlDecode(picture.Groups[2].Value);
        var bytes = new byte[content.Length / 4 * 3];
        if (!Convert.TryFromBase64String(content, bytes, out var length)) return picture.Value;
        var name = string.Create(CultureInfo.InvariantCulture, $"{names.Count}.{picture.Groups[1].ValueSpan}");
        File.WriteAllBytes(PathOf(name), bytes.AsSpan(0, length));
        addresses.Add(AddressOf(name));
        names.Add(picture.Value, name);
        return name;
    }

    private string PathOf(string name) => Path.Combine(folder.FullName, name);

    private string AddressOf(string name) => new Uri(PathOf(name)).AbsoluteUri;

    public void Dispose() => folder.Delete(recursive: true);

    // Small pictures stay where they are. Razor writes + as &#x2B; in an attribute.
    [GeneratedRegex("data:image/(jpeg|png|webp|gif);base64,([A-Za-z0-9+/&#;]{4000,}={0,2})")]
    private static partial Regex Inline();
}
