using System.Linq.Expressions;
using RealEstateOs.Contracts.Assistant;
using RealEstateOs.Contracts.Auth;
using RealEstateOs.Platform.Authorization;
using RealEstateOs.Platform.Persistence;

namespace RealEstateOs.Assistant.Documents;

/// <summary>What a document is made of; article is one of the office's knowledge.</summary>
public enum DocumentKind { Pdf, Docx, Xlsx, Csv, Text, Article }

public enum DocumentStatus { Queued, Processed, Failed }

/// <summary>Who may open a document: everybody in the office, the members of one team, or its author alone.</summary>
public enum DocumentAccess { Office, Team, Private }

/// <summary>What the assistant may read from, and who may know what it says.</summary>
internal sealed class Document : Entity<DocumentId>, ISoftDeletable, IOwned<Document>
{
    public static Expression<Func<Document, bool>> IsOwnedBy(UserId user) => d => d.CreatedBy == user;

    public string Title { get; set; } = "";
    public DocumentKind Kind { get; set; }
    public string? FileName { get; set; }
    [Secret] public string? FileKey { get; set; }
    public long? FileSize { get; set; }
    public string? ContentType { get; set; }
    public string? Sha256 { get; set; }
    /// <summary>Of an article; a file's stays in the file.</summary>
    public string? Text { get; set; }
    public DocumentAccess Access { get; set; }
    public TeamId? TeamId { get; set; }
    /// <summary>Whoever opens it needs this, too: <c>clients:read</c> for a list of clients.</summary>
    public string? RequiredPermission { get; set; }
    public DocumentStatus Status { get; set; }
    public string? Error { get; set; }
    public string? Language { get; set; }
    public int? Pages { get; set; }
    public int Passages { get; set; }
    /// <summary>Rises each time the document is read in.</summary>
    public int Generation { get; set; }
    public DateTimeOffset? ProcessedAt { get; set; }
    public DateTimeOffset? DeletedAt { get; set; }
}
