using RealEstateOs.Contracts.Auth;
using RealEstateOs.Contracts.Events;

namespace RealEstateOs.Contracts.Assistant;

/// <summary>The text of a document was read, or could not be. Its title stays with the document, which not everybody may open.</summary>
/// <param name="Error">Why it could not be read; null where it was.</param>
/// <param name="Status">What became of it, in the words of the document's <c>status</c>.</param>
/// <param name="Pages">Pages that were read; null for kinds without pages.</param>
/// <param name="Passages">Passages that questions can find; 0 where it could not be read.</param>
public sealed record DocumentProcessed(DocumentId DocumentId, string Status, int? Pages, int Passages, string? Error,
    UserId? CreatedBy) : IEvent
{
    public static string Type => "document.processed";
}
