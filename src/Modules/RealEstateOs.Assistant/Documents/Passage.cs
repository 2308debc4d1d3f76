using NpgsqlTypes;
using RealEstateOs.Contracts.Assistant;
using RealEstateOs.Contracts.Auth;
using RealEstateOs.Platform.Persistence;

namespace RealEstateOs.Assistant.Documents;

/// <summary>A piece of a document, as long as a paragraph or two: what is found, quoted and cited.</summary>
internal sealed class Passage : ITenantOwned, INotAudited
{
    public PassageId Id { get; set; }
    public OrganizationId OrganizationId { get; set; }
    public DocumentId DocumentId { get; set; }
    public int Generation { get; set; }
    public int Ordinal { get; set; }
    /// <summary>From 1; null where the document has no pages.</summary>
    public int? Page { get; set; }
    public string? Heading { get; set; }
    public string Content { get; set; } = "";
    public int Words { get; set; }
    public string Language { get; set; } = "";
    public NpgsqlTsVector SearchVector { get; private set; } = null!;
    public float[]? Embedding { get; set; }
    /// <summary>The model that embedded it, or <c>none</c> where none here can.</summary>
    public string? EmbeddedBy { get; set; }
    public long? Revision { get; set; }
}
