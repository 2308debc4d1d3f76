using Microsoft.AspNetCore.Http;
using RealEstateOs.Contracts.Assistant;
using RealEstateOs.Contracts.Auth;
using RealEstateOs.Platform.Jobs;
using RealEstateOs.Platform.Storage;

namespace RealEstateOs.Assistant.Documents;

/// <summary>The form of an upload, for the description of the API; the request is read as it streams in.</summary>
public sealed record DocumentFormFields
{
    /// <summary>PDF, DOCX, XLSX, CSV, text or Markdown, told by its content.</summary>
    public IFormFile? File { get; init; }
    /// <summary>Default: the file's name.</summary>
    public string? Title { get; init; }
    /// <summary><c>office</c> (default), <c>team</c> or <c>private</c>.</summary>
    public string? Access { get; init; }
    /// <summary>The team that may open it; with <c>access=team</c>, default the uploader's own.</summary>
    public TeamId? TeamId { get; init; }
    /// <summary>A permission that whoever opens it needs, too: <c>clients:read</c> for a list of clients.</summary>
    public string? RequiredPermission { get; init; }
}

/// <summary>A document that was taken in, and the job that reads it.</summary>
public sealed record DocumentAccepted : JobAnswer
{
    public required DocumentId Id { get; init; }
    /// <summary>As given, else the file's name.</summary>
    public required string Title { get; init; }
    /// <summary>As it was uploaded.</summary>
    public required string FileName { get; init; }
    public required DocumentKind Kind { get; init; }
    public required DocumentAccess Access { get; init; }
}

/// <summary>A document of the assistant.</summary>
public sealed record DocumentResponse
{
    public required DocumentId Id { get; init; }
    public required OrganizationId OrganizationId { get; init; }
    /// <summary>What lists and citations call it.</summary>
    public required string Title { get; init; }
    public required DocumentKind Kind { get; init; }
    /// <summary>As it was uploaded; null for an article.</summary>
    public required string? FileName { get; init; }
    /// <summary>In bytes.</summary>
    public required long? FileSize { get; init; }
    /// <summary>Media type, as the file's bytes show.</summary>
    public required string? ContentType { get; init; }
    /// <summary>Of the stored bytes, hexadecimal; null for an article.</summary>
    public required string? Sha256 { get; init; }
    public required DocumentAccess Access { get; init; }
    public required TeamId? TeamId { get; init; }
    /// <summary>Only who has it finds and opens the document; null asks for none.</summary>
    public required string? RequiredPermission { get; init; }
    /// <summary><c>processed</c> means that its text is found by its words.</summary>
    public required DocumentStatus Status { get; init; }
    /// <summary>Why it could not be read; null where it could.</summary>
    public required string? Error { get; init; }
    /// <summary><c>en</c> or <c>ar</c>, what most of it is written in.</summary>
    public required string? Language { get; init; }
    /// <summary>Null where the kind has none.</summary>
    public required int? Pages { get; init; }
    /// <summary>Pieces that questions can find.</summary>
    public required int Passages { get; init; }
    /// <summary>When it was read; null until then.</summary>
    public required DateTimeOffset? ProcessedAt { get; init; }
    /// <summary>Works for an hour without signing in; null for an article, whose text is at its passages.</summary>
    public string? DownloadUrl { get; init; }
    public required UserId? CreatedBy { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
    public required DateTimeOffset UpdatedAt { get; init; }

    internal static DocumentResponse Of(Document d) => new()
    {
        Id = d.Id, OrganizationId = d.OrganizationId, Title = d.Title, Kind = d.Kind, FileName = d.FileName, FileSize = d.FileSize,
        ContentType = d.ContentType, Sha256 = d.Sha256,
        Access = d.Access, TeamId = d.TeamId, RequiredPermission = d.RequiredPermission, Status = d.Status, Error = d.Error,
        Language = d.Language, Pages = d.Pages,
        Passages = d.Passages, ProcessedAt = d.ProcessedAt, CreatedBy = d.CreatedBy, CreatedAt = d.CreatedAt, UpdatedAt = d.UpdatedAt,
    };

    internal static DocumentResponse Of(Document d, FileLinks links) => Of(d) with
    {
        DownloadUrl = d.FileKey is { } key ? links.Make(FileKey.Parse(key), d.FileName!, d.ContentType!, TimeSpan.FromHours(1)) : null,
    };
}

/// <summary>A piece of a document, as it is found and cited.</summary>
/// <param name="Ordinal">Place in the document.</param>
/// <param name="Page">From 1; null where the document has no pages.</param>
/// <param name="Heading">The heading above it; null where there is none.</param>
/// <param name="Content">The text, word by word.</param>
/// <param name="Language">Language that its words are searched in.</param>
public sealed record PassageResponse(PassageId Id, DocumentId DocumentId, int Ordinal, int? Page, string? Heading, string Content,
    string Language);
