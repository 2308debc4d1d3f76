using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace RealEstateOs.Platform.Storage;

internal static class StorageRegistration
{
    /// <summary>S3 where <c>S3:Endpoint</c> (or MINIO_ENDPOINT) is configured, else the folder <c>files</c> in the data folder.</summary>
    public static IServiceCollection AddPlatformStorage(this IServiceCollection services, IConfiguration configuration)
    {
        if (S3(configuration) is { } s3) services.AddSingleton<IFileStore>(_ => new S3FileStore(s3));
        else services.AddSingleton<IFileStore>(_ => new LocalFileStore(FolderOf(configuration)));
        services.AddSingleton<FileLinks>();
        return services.AddScoped<Files>();
    }

    /// <summary>The folder, where the files lie in one.</summary>
    public static string FolderOf(IConfiguration configuration) =>
        Path.GetFullPath(configuration["Storage:Directory"] ?? Path.Combine(configuration["DataFolder"] ?? ".data", "files"));

    private static S3Settings? S3(IConfiguration configuration)
    {
        string? Read(string key, string environment) =>
            configuration[key] is { Length: > 0 } value ? value : configuration[environment] is { Length: > 0 } fallback ? fallback : null;
        if (Read("S3:Endpoint", "MINIO_ENDPOINT") is not { } endpoint) return null;
        if (!endpoint.Contains("://", StringComparison.Ordinal))
            endpoint = (bool.TryParse(Read("S3:Secure", "MINIO_SECURE"), out var secure) && secure ? "https://" : "http://") + endpoint;
        return new S3Settings(
            endpoint, Read("S3:AccessKey", "MINIO_ACCESS_KEY") ?? throw new InvalidOperationException("S3:AccessKey is missing."),
            Read("S3:SecretKey", "MINIO_SECRET_KEY") ?? throw new InvalidOperationException("S3:SecretKey is missing."),
            Read("S3:Bucket", "MINIO_BUCKET") ?? "realestateos", Read("S3:Region", "MINIO_REGION") ?? "us-east-1");
    }
}
