using System.Net;
using Amazon.Runtime;
using Amazon.S3;
using Amazon.S3.Model;

namespace RealEstateOs.Platform.Storage;

/// <summary>Files in a bucket of S3 or of what speaks like it (MinIO).</summary>
internal sealed class S3FileStore(S3Settings settings) : IFileStore, IDisposable
{
    private readonly AmazonS3Client client = new(new BasicAWSCredentials(settings.AccessKey, settings.SecretKey), new AmazonS3Config
    {
        ServiceURL = settings.Endpoint, ForcePathStyle = true, AuthenticationRegion = settings.Region, Timeout = TimeSpan.FromSeconds(60),
        RequestChecksumCalculation = RequestChecksumCalculation.WHEN_REQUIRED,
        ResponseChecksumValidation = ResponseChecksumValidation.WHEN_REQUIRED,
    });

    public string Name => "s3";

    public async Task PutAsync(FileKey key, string localPath, string contentType, CancellationToken ct)
    {
        await using var content = File.OpenRead(localPath);
        try
        {
            await PutAsync(key, content, contentType, ct);
        }
        catch (AmazonS3Exception exception) when (exception.ErrorCode == "NoSuchBucket")
        {
            await client.PutBucketAsync(settings.Bucket, ct);
            content.Position = 0;
            await PutAsync(key, content, contentType, ct);
        }
    }

    // Chunked encoding is off: some servers store its signature lines inside the object and answer success.
    private Task PutAsync(FileKey key, Stream content, string contentType, CancellationToken ct) =>
        client.PutObjectAsync(new PutObjectRequest
        {
            BucketName = settings.Bucket, Key = key.Value, InputStream = content, ContentType = contentType, AutoCloseStream = false,
            UseChunkEncoding = false,
        }, ct);

    public async Task<Stream?> OpenAsync(FileKey key, CancellationToken ct)
    {
        try
        {
            using var answer = await client.GetObjectAsync(settings.Bucket, key.Value, ct);
            // Ranges and content sniffing need a stream that can seek.
            var copy = new FileStream(Path.GetTempFileName(), FileMode.Open, FileAccess.ReadWrite, FileShare.None, 64 * 1024,
                FileOptions.Asynchronous | FileOptions.DeleteOnClose);
            await answer.ResponseStream.CopyToAsync(copy, ct);
            copy.Position = 0;
            return copy;
        }
        catch (AmazonS3Exception exception) when (exception.StatusCode == HttpStatusCode.NotFound)
        {
            return null;
        }
    }

    public Task DeleteAsync(FileKey key, CancellationToken ct) => client.DeleteObjectAsync(settings.Bucket, key.Value, ct);

    public Task ProbeAsync(CancellationToken ct) =>
        client.ListObjectsV2Async(new ListObjectsV2Request { BucketName = settings.Bucket, MaxKeys = 1 }, ct);

    public void Dispose() => client.Dispose();
}

internal sealed record S3Settings(string Endpoint, string AccessKey, string SecretKey, string Bucket, string Region);
