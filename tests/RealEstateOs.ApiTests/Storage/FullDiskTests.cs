using Microsoft.AspNetCore.Http;
using RealEstateOs.Contracts.Auth;
using RealEstateOs.Platform.Http;
using RealEstateOs.Platform.Storage;
using RealEstateOs.Platform.Tenancy;

namespace RealEstateOs.ApiTests.Storage;

public sealed class FullDiskTests
{
    private static readonly CancellationToken Ct = TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_full_disk_is_a_507_and_not_the_clients_fault()
    {
        var tenant = new Tenant();
        tenant.Enter(new OrganizationId(1), null);
        const string body = "--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.txt\"\r\n\r\nhello\r\n--b--\r\n";
        var http = new DefaultHttpContext { Request = { ContentType = "multipart/form-data; boundary=b",
            Body = new MemoryStream(System.Text.Encoding.ASCII.GetBytes(body)) } };
        var full = await Assert.ThrowsAsync<IOException>(
            () => Upload.ReadAsync(http, new Files(new FullStore(), tenant, TimeProvider.System), 100, null, Ct));
        Assert.Equal(507, ProblemWriter.Translate(full, http).Status);
    }

    [Fact]
    public async Task A_file_that_could_not_be_stored_leaves_nothing_behind()
    {
        var folder = Directory.CreateTempSubdirectory();
        var source = Path.GetTempFileName();
        await File.WriteAllTextAsync(source, "hello", Ct);
        var key = FileKey.New(new OrganizationId(1), ".txt", DateTimeOffset.UnixEpoch);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => new LocalFileStore(folder.FullName).PutAsync(key, source, "text/plain", new CancellationToken(canceled: true)));
        Assert.Empty(folder.GetFiles("*", SearchOption.AllDirectories));
        folder.Delete(recursive: true);
        File.Delete(source);
    }

    /// <summary>Writes where Linux always says that the disk is full.</summary>
    private sealed class FullStore : IFileStore
    {
        public string Name => "full";

        public async Task PutAsync(FileKey key, string localPath, string contentType, CancellationToken ct) =>
            await File.WriteAllTextAsync("/dev/full", "hello", ct);

        public Task<Stream?> OpenAsync(FileKey key, CancellationToken ct) => Task.FromResult<Stream?>(null);

        public Task DeleteAsync(FileKey key, CancellationToken ct) => Task.CompletedTask;

        public Task ProbeAsync(CancellationToken ct) => Task.CompletedTask;
    }
}
