using System.Text;
using Microsoft.Extensions.DependencyInjection;
using RealEstateOs.ApiTests.Fixture;
using RealEstateOs.Contracts.Auth;
using RealEstateOs.Platform.Problems;
using RealEstateOs.Platform.Storage;
using RealEstateOs.Platform.Tenancy;

namespace RealEstateOs.ApiTests.Storage;

public sealed class FileTests(Server server)
{
    private static readonly byte[] Png = [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A, 1, 2, 3, 4];

    [Fact]
    public async Task A_signed_link_serves_the_file_and_ranges_of_it_to_anybody()
    {
        var stored = await SaveAsync(Png, "../../front.exe", FileKind.Images);
        var link = Links.Make(stored.Key, "front.png", stored.ContentType, TimeSpan.FromHours(1));
        var answer = await server.Anonymous.GetAsync(link);
        Assert.Equal(200, answer.Status);
        Assert.Equal(Png, answer.Content);
        Assert.Equal("image/png", answer.Header("Content-Type"));
        Assert.Equal("nosniff", answer.Header("X-Content-Type-Options"));
        Assert.StartsWith("inline", answer.Header("Content-Disposition"), StringComparison.Ordinal);
        var part = await server.Anonymous.GetAsync(link, ("Range", "bytes=1-3"));
        Assert.Equal(206, part.Status);
        Assert.Equal("PNG"u8.ToArray(), part.Content);
    }

    [Theory]
    [InlineData("png", 30_000, 30_000, false)]
    [InlineData("png", 8_000, 5_000, true)]
    [InlineData("gif", 60_000, 60_000, false)]
    [InlineData("jpeg", 20_000, 20_000, false)]
    [InlineData("jpeg", 6_000, 4_000, true)]
    [InlineData("webp", 16_000, 16_000, false)]
    public async Task A_picture_of_enormous_dimensions_is_refused_by_its_header(string kind, int width, int height, bool taken)
    {
        byte[] Two(int n) => [(byte)(n >> 8), (byte)n];
        byte[] Little(int n) => [(byte)n, (byte)(n >> 8)];
        byte[] head = kind switch
        {
            "png" => [.. Png[..8], 0, 0, 0, 13, .. "IHDR"u8, 0, 0, .. Two(width), 0, 0, .. Two(height), 8, 2, 0, 0, 0],
            "gif" => [.. "GIF89a"u8, .. Little(width), .. Little(height), 0, 0, 0],
            "jpeg" => [0xFF, 0xD8, 0xFF, 0xE0, 0, 4, 1, 2, 0xFF, 0xC2, 0, 17, 8, .. Two(height), .. Two(width), 3, 1, 2, 3],
            _ => [.. "RIFF"u8, 0, 0, 0, 0, .. "WEBPVP8X"u8, 10, 0, 0, 0, 0, 0, 0, 0, .. Little(width - 1), 0, .. Little(height - 1), 0],
        };
        if (taken) Assert.Equal(head.Length, (await SaveAsync(head, "a", FileKind.Images)).Size);
        else Assert.Equal(422, (await Assert.ThrowsAsync<Problem>(() => SaveAsync(head, "a", FileKind.Images))).Status);
    }

    [Fact]
    public async Task An_expired_link_is_gone_and_a_forged_one_is_not_found()
    {
        var stored = await SaveAsync(Png, "a.png", null);
        (await server.Anonymous.GetAsync(Links.Make(stored.Key, "a.png", stored.ContentType, TimeSpan.FromSeconds(-60)))).Must(410);
        var good = Links.Make(stored.Key, "a.png", stored.ContentType, TimeSpan.FromHours(1));
        (await server.Anonymous.GetAsync(good[..^1] + (good[^1] == 'A' ? 'Q' : 'A'))).Must(404);
        (await server.Anonymous.GetAsync("/files/" + stored.Key.Value.Replace('/', '_'))).Must(404);
    }

    [Fact]
    public async Task What_could_run_a_script_is_a_download()
    {
        var stored = await SaveAsync("<html><script>alert(1)</script>"u8.ToArray(), "x.html", null);
        var answer = await server.Anonymous.GetAsync(Links.Make(stored.Key, "x.html", stored.ContentType, TimeSpan.FromHours(1)));
        Assert.StartsWith("attachment", answer.Header("Content-Disposition"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("../../etc/passwd")]
    [InlineData("org1/../../etc/passwd")]
    [InlineData("/etc/passwd")]
    [InlineData("org1/2026-01/0123456789abcdef0123456789abcdef.png/../../x")]
    [InlineData("org1/2026-01/0123456789abcdef0123456789abcdef.png\n")]
    public void A_path_is_no_key(string path) => Assert.False(FileKey.TryParse(path, out _));

    [Fact]
    public async Task A_file_is_judged_by_its_bytes_and_its_size()
    {
        var disguised = await Assert.ThrowsAsync<Problem>(() => SaveAsync("no image"u8.ToArray(), "front.png", FileKind.Images));
        Assert.Equal(415, disguised.Status);
        var large = await Assert.ThrowsAsync<Problem>(() => SaveAsync(new byte[2000], "a.bin", null, maxBytes: 1999));
        Assert.Equal(413, large.Status);
        Assert.Equal("text/csv", (await SaveAsync(Encoding.UTF8.GetBytes("a,b\n1,ü\n"), "list.csv", [FileKind.Csv])).ContentType);
    }

    private FileLinks Links => server.Services.GetRequiredService<FileLinks>();

    private async Task<StoredFile> SaveAsync(byte[] content, string name, IReadOnlyCollection<FileKind>? allowed, long maxBytes = 10_000)
    {
        await using var scope = server.Services.GetRequiredService<IServiceScopeFactory>().CreateTenantScope(new OrganizationId(77));
        return await scope.ServiceProvider.GetRequiredService<Files>().SaveAsync(new MemoryStream(content), name, maxBytes, allowed,
            CancellationToken.None);
    }
}
