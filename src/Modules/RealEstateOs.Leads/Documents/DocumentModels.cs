using System.ComponentModel.DataAnnotations;
using System.Text.RegularExpressions;
using FluentValidation;
using Microsoft.AspNetCore.Http;
using RealEstateOs.Contracts.Auth;
using RealEstateOs.Contracts.Leads;
using RealEstateOs.Platform.Http;
using RealEstateOs.Platform.Storage;

namespace RealEstateOs.Leads.Documents;

/// <summary>A document that lies elsewhere. To store one here, send multipart/form-data with <c>file</c> and <c>title</c>.</summary>
public record AddLeadDocumentRequest : IRequestBody<AddLeadDocumentRequest>
{
    /// <summary>What lists call the document, up to 300 letters.</summary>
    [MaxLength(300)] public string? Title { get; init; }
    /// <summary>Where it lies: a path, or an http or https address; it is not fetched.</summary>
    [MaxLength(1000)] public string? FilePath { get; init; }
    /// <summary>Media type, such as application/pdf.</summary>
    [MaxLength(200)] public string? FileType { get; init; }
    /// <summary>Bytes.</summary>
    public long? FileSize { get; init; }
}

/// <example>{"title": "Passport", "file_path": "https://files.example.com/passport.pdf"}</example>
public sealed record UploadLeadDocumentForm : AddLeadDocumentRequest
{
    /// <summary>In a form, in the place of <see cref="AddLeadDocumentRequest.FilePath"/>.</summary>
    public IFormFile? File { get; init; }
}

internal sealed partial class AddLeadDocumentValidator : AbstractValidator<AddLeadDocumentRequest>
{
    public AddLeadDocumentValidator()
    {
        RuleFor(d => d.Title).NotEmpty().IsOneLine();
        RuleFor(d => d.FilePath).NotEmpty().IsOneLine()
            .Must(path => !Scheme().IsMatch(path!)).WithMessage("must be a path, or an address that starts with https:// or http://");
        RuleFor(d => d.FileSize).GreaterThanOrEqualTo(0);
    }

    // Whoever shows it makes a link of it: javascript: and its like are none. A single letter is a drive.
    [GeneratedRegex(@"^\s*(?!https?:)[a-z][a-z0-9+.-]+:", RegexOptions.IgnoreCase)]
    private static partial Regex Scheme();
}

/// <param name="FilePath">The name of the file, or where it lies.</param>
/// <param name="DownloadUrl">A signed link that ends after about fifteen minutes; null where the file is not stored here.</param>
/// <param name="FileType">Media type; of an upload, as its bytes show.</param>
/// <param name="FileSize">Bytes.</param>
/// <param name="Sha256">Of the stored bytes, hexadecimal; null where the file lies elsewhere.</param>
/// <param name="Title">What lists call the document.</param>
public sealed record LeadDocumentResponse(
    LeadDocumentId Id, OrganizationId OrganizationId, LeadId LeadId, string Title, string FilePath, string? FileType, long? FileSize,
    string? Sha256,
    string? DownloadUrl, UserId? CreatedBy, DateTimeOffset CreatedAt, DateTimeOffset UpdatedAt)
{
    private static readonly TimeSpan LinkLifetime = TimeSpan.FromMinutes(15);

    internal static LeadDocumentResponse Of(LeadDocument d, FileLinks links) => new(
        d.Id, d.OrganizationId, d.LeadId, d.Title, d.FilePath, d.FileType, d.FileSize, d.Sha256,
        d.FileKey is { } key ? links.Make(FileKey.Parse(key), d.FilePath, d.FileType ?? FileKind.Other.ContentType, LinkLifetime) : null,
        d.CreatedBy, d.CreatedAt, d.UpdatedAt);
}
