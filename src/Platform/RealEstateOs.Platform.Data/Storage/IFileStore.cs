namespace RealEstateOs.Platform.Storage;

/// <summary>Where the bytes lie: a folder, or S3. Keys are ours alone (<see cref="FileKey"/>), never a user's path.</summary>
public interface IFileStore
{
    string Name { get; }

    /// <summary>Takes over a finished local file; the key shows it whole or not at all.</summary>
    Task PutAsync(FileKey key, string localPath, string contentType, CancellationToken ct);

    /// <summary>Null where there is no such file. The stream is seekable.</summary>
    Task<Stream?> OpenAsync(FileKey key, CancellationToken ct);

    Task DeleteAsync(FileKey key, CancellationToken ct);

    /// <summary>Throws where the store can't be used.</summary>
    Task ProbeAsync(CancellationToken ct);
}
