using System.ComponentModel.DataAnnotations;
using FluentValidation;
using Microsoft.AspNetCore.Http;
using RealEstateOs.Contracts.Auth;
using RealEstateOs.Contracts.Properties;
using RealEstateOs.Platform.Http;
using RealEstateOs.Platform.Storage;

namespace RealEstateOs.Properties.Media;

/// <summary>An image by its address, or with a file as multipart/form-data.</summary>
public record AddImageRequest
{
    /// <summary>http or https; it is kept as it is and not fetched.</summary>
    [MaxLength(2000)] public string? Url { get; init; }
    /// <summary>A line below the picture, up to 200 letters.</summary>
    [MaxLength(200)] public string? Title { get; init; }
    /// <summary>What the picture shows, for those who can't see it.</summary>
    public string? Description { get; init; }
    /// <summary>Its place among the property's images; the end by default.</summary>
    public int? Order { get; init; }
    /// <summary>Only one image of a property is; the first becomes it by itself.</summary>
    public bool? IsPrimary { get; init; }
}

/// <summary>The same with a file: JPEG, PNG, WebP or GIF.</summary>
/// <example>{"url": "https://images.example.com/living-room.jpg", "title": "Living room", "is_primary": true}</example>
public sealed record UploadImageForm : AddImageRequest
{
    /// <summary>The picture: JPEG, PNG, WebP or GIF. What it says of its place (EXIF) is removed.</summary>
    public IFormFile? File { get; init; }
}

/// <summary>What can be changed of an image.</summary>
/// <example>{"title": "Living room at dusk", "is_primary": true}</example>
public sealed record ChangeImageRequest : PartialBody, IRequestBody<ChangeImageRequest>
{
    /// <summary>A line below the picture, up to 200 letters; null removes it.</summary>
    [MaxLength(200)] public string? Title { get; init; }
    /// <summary>What the picture shows; null removes it.</summary>
    public string? Description { get; init; }
    /// <summary>Its place among the property's images.</summary>
    public int? Order { get; init; }
    /// <summary>true takes it from the image that was it.</summary>
    public bool? IsPrimary { get; init; }
}

/// <summary>An image; the link of an uploaded one needs no sign-in and ends after some hours.</summary>
/// <param name="Url">Where the picture is: an address elsewhere as it was given, or a link here that ends after some hours.</param>
/// <param name="Order">Place among the property's images, from 0.</param>
/// <param name="IsPrimary">The one that lists, reports and advertisements show.</param>
/// <param name="ContentType">Of an uploaded one, such as image/jpeg.</param>
/// <param name="FileSize">Bytes, of an uploaded one.</param>
/// <param name="Title">A line below the picture.</param>
/// <param name="Description">What the picture shows.</param>
public sealed record ImageResponse(
    PropertyImageId Id, OrganizationId OrganizationId, PropertyId PropertyId, string Url, string? Title, string? Description, int Order,
    bool IsPrimary,
    string? ContentType, long? FileSize, UserId? CreatedBy, DateTimeOffset CreatedAt, DateTimeOffset UpdatedAt)
{
    private static readonly TimeSpan LinkLifetime = TimeSpan.FromHours(12);

    internal static ImageResponse Of(PropertyImage i, FileLinks links) => new(
        i.Id, i.OrganizationId, i.PropertyId,
        i.FileKey is { } key ? links.Make(FileKey.Parse(key), $"{i.Title ?? "image"}{EndingOf(i.ContentType)}", i.ContentType!,
            LinkLifetime) : i.Url!,
        i.Title, i.Description, i.Order, i.IsPrimary, i.ContentType, i.FileSize, i.CreatedBy, i.CreatedAt, i.UpdatedAt);

    private static string EndingOf(string? contentType) => FileKind.Images.FirstOrDefault(k => k.ContentType == contentType)?.Ending ?? "";
}

internal sealed class AddImageValidator : AbstractValidator<AddImageRequest>
{
    public AddImageValidator()
    {
        RuleFor(i => i.Url).Must(IsWeb).When(i => i.Url is not null).WithMessage("must be an absolute http or https address");
        RuleFor(i => i.Order).InclusiveBetween(0, 10_000);
    }

    private static bool IsWeb(string? url) => Uri.TryCreate(url, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https"
        && uri.Host.Length > 0 && uri.UserInfo.Length == 0;
}

internal sealed class ChangeImageValidator : AbstractValidator<ChangeImageRequest>
{
    public ChangeImageValidator() => RuleFor(i => i.Order).InclusiveBetween(0, 10_000);
}
