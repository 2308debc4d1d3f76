namespace RealEstateOs.Platform.Storage;

/// <summary>Files in a folder of this machine.</summary>
internal sealed class LocalFileStore(string folder) : IFileStore
{
    private readonly string root = Path.GetFullPath(folder);

    public string Name => "folder";

    public async Task PutAsync(FileKey key, string localPath, string contentType, CancellationToken ct)
    {
        var path = PathOf(key);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        // Temporary files may lie on another disk: copy beside the target, then rename, which shows it whole.
        var draft = path + ".part";
        try
        {
            await using (var from = File.OpenRead(localPath))
            await using (var to = new FileStream(draft, FileMode.Create, FileAccess.Write, FileShare.None, 64 * 1024,
                FileOptions.Asynchronous))
                await from.CopyToAsync(to, ct);
            File.Move(draft, path);
        }
        catch
        {
            File.Delete(draft); // a full disk must not stay full of what nobody will ever read
            throw;
        }
    }

    public Task<Stream?> OpenAsync(FileKey key, CancellationToken ct)
    {
        try
        {
            return Task.FromResult<Stream?>(new FileStream(PathOf(key), FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete,
                64 * 1024, FileOptions.Asynchronous));
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            return Task.FromResult<Stream?>(null);
        }
    }

    public Task DeleteAsync(FileKey key, CancellationToken ct)
    {
        if (File.Exists(PathOf(key))) File.Delete(PathOf(key));
        return Task.CompletedTask;
    }

    public async Task ProbeAsync(CancellationToken ct)
    {
        Directory.CreateDirectory(root);
        var path = Path.Combine(root, $".probe-{Guid.NewGuid():N}");
        await File.WriteAllTextAsync(path, "", ct);
        File.Delete(path);
    }

    // A key can't name anything outside (see FileKey); should that ever change, this still holds.
    private string PathOf(FileKey key)
    {
        var path = Path.GetFullPath(Path.Combine(root, key.Value));
        return path.StartsWith(root + Path.DirectorySeparatorChar, StringComparison.Ordinal) ? path
            : throw new UnauthorizedAccessException("The key leads out of the store.");
    }
}
