using Microsoft.AspNetCore.Http.Metadata;

namespace RealEstateOs.Platform.Storage;

/// <summary>
/// How large the body of an upload may be where the server's usual 30 MB are too small; said on the route, because the body is read before
/// the handler runs.
/// </summary>
public sealed record UploadLimit(long? MaxRequestBodySize) : IRequestSizeLimitMetadata;
