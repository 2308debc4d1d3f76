using RealEstateOs.Contracts.Auth;
using RealEstateOs.Contracts.Events;

namespace RealEstateOs.Contracts.Assistant;

/// <summary>The text of a document was read, or could not be. Its title stays with the document, which not everybody may open.</summary>
/// <param name="Error">Why it could not be read; null where it was.</param>
public sealed record DocumentProcessed(DocumentId DocumentId, string Status, int? Pages, int Passages, string? Error,
    UserId? CreatedBy) : IEvent
{
    public static string Type => "document.processed";
}
