using System.IO.Compression;
using System.Text;
using RealEstateOs.ApiTests.Fixture;

namespace RealEstateOs.ApiTests.Rules;

public sealed class CompressionTests(Server server)
{
    [Fact]
    public async Task What_is_read_comes_compressed_for_who_takes_it_and_says_the_same()
    {
        var office = await server.NewOfficeAsync();
        await office.NewPropertyAsync();
        const string path = "/api/v1/properties";
        var plain = await office.Admin.GetAsync(path);
        Assert.Null(plain.Header("Content-Encoding"));
        foreach (var (asked, read) in new (string, Func<Stream, Stream>)[]
        {
            ("br", s => new BrotliStream(s, CompressionMode.Decompress)), ("gzip", s => new GZipStream(s, CompressionMode.Decompress)),
        })
        {
            var answer = await office.Admin.GetAsync(path, ("Accept-Encoding", asked));
            Assert.Equal((asked, plain.Header("ETag")), (answer.Header("Content-Encoding"), answer.Header("ETag")));
            Assert.Contains("Accept-Encoding", answer.Header("Vary"), StringComparison.OrdinalIgnoreCase);
            using var bytes = new MemoryStream(answer.Content);
            using var text = new StreamReader(read(bytes), Encoding.UTF8);
            Assert.Equal(plain.Text, await text.ReadToEndAsync());
        }
        Assert.True((await office.Admin.GetAsync("/openapi.json", ("Accept-Encoding", "br"))).Content.Length
            < (await office.Admin.GetAsync("/openapi.json")).Content.Length / 5);
    }

    [Fact]
    public async Task What_holds_a_secret_is_never_compressed()
    {
        var office = await server.NewOfficeAsync();
        Assert.Null((await server.Anonymous.SendAsync(HttpMethod.Post, "/api/v1/auth/login",
            new { email = office.AdminEmail, password = Office.Password }, ("Accept-Encoding", "br"))).Header("Content-Encoding"));
        Assert.Null((await office.Admin.GetAsync("/api/v1/auth/me", ("Accept-Encoding", "br"))).Header("Content-Encoding"));
    }

    [Fact]
    public async Task A_file_for_spreadsheets_says_that_it_is_utf_8()
    {
        var office = await server.NewOfficeAsync();
        await office.NewPropertyAsync(Samples.Property(("address", "برج خليفة")));
        var answer = await office.Admin.GetAsync("/api/v1/properties", ("Accept", "text/csv"));
        Assert.Equal([0xEF, 0xBB, 0xBF], answer.Content[..3]);
        Assert.Contains("برج خليفة", answer.Text, StringComparison.Ordinal);
    }
}
