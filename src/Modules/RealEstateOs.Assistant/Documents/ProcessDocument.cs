using Microsoft.EntityFrameworkCore;
using RealEstateOs.Assistant.Extraction;
using RealEstateOs.Assistant.Retrieval;
using RealEstateOs.Contracts.Assistant;
using RealEstateOs.Contracts.Ids;
using RealEstateOs.Platform.Jobs;
using RealEstateOs.Platform.Persistence;
using RealEstateOs.Platform.Serialization;
using RealEstateOs.Platform.Storage;

namespace RealEstateOs.Assistant.Documents;

internal sealed record DocumentToProcess(DocumentId DocumentId);

internal sealed record ProcessedDocument(DocumentId DocumentId, DocumentStatus Status, int? Pages, int Passages, string? Error);

/// <summary>
/// Reads a document's text and makes it findable by its words; that it is also found by its meaning is a job of its own, which takes
/// longer.
/// </summary>
internal sealed class ProcessDocument(AssistantDb db, Files files, PassageWriter passages, JobQueue jobs, TimeProvider clock)
    : IJobHandler<DocumentToProcess>
{
    public const string Kind = "assistant.document";

    public async Task<object?> RunAsync(DocumentToProcess input, JobContext context, CancellationToken ct)
    {
        if (await db.Documents.FirstOrDefaultAsync(d => d.Id == input.DocumentId, ct) is not { } document)
            throw new PermanentJobFailure("The document is gone.");
        await context.ReportAsync(5, "Reading", ct);
        var (text, fault) = await ReadAsync(document, ct);
        await context.ReportAsync(60, "Indexing", ct);
        ProcessedDocument? result = null;
        await db.Work.InTransactionAsync(async () =>
        {
            if (text is not null) await passages.ReplaceAsync(document, Chunker.Cut(text), ct);
            (document.Status, document.Error) = (text is null ? DocumentStatus.Failed : DocumentStatus.Processed, fault);
            (document.Pages, document.ProcessedAt) = (text?.Pages, clock.Now());
            result = new ProcessedDocument(document.Id, document.Status, document.Pages, document.Passages, document.Error);
            db.Raise(() => new DocumentProcessed(result.DocumentId, Vocabulary.Word(result.Status), result.Pages, result.Passages,
                result.Error, document.CreatedBy));
            await db.SaveChangesAsync(ct);
            if (text is not null) await jobs.EnqueueAsync(EmbedPassages.Kind, new PassagesToEmbed(document.Id), ct,
                resource: document.Id.Reference());
            context.CompleteWithNextCommit(db.Work, () => result);
        }, ct);
        return result;
    }

    private async Task<(ExtractedText? Text, string? Fault)> ReadAsync(Document document, CancellationToken ct)
    {
        try
        {
            return (await ExtractAsync(document, ct), null);
        }
        catch (UnreadableDocument unreadable)
        {
            return (null, unreadable.Message);
        }
    }

    private async Task<ExtractedText> ExtractAsync(Document document, CancellationToken ct)
    {
        if (document.Kind == DocumentKind.Article) return PlainText.Read(document.Text ?? "");
        await using var content = await files.OpenAsync(FileKey.Parse(document.FileKey!), ct)
            ?? throw new UnreadableDocument("The file is gone.");
        return document.Kind switch
        {
            DocumentKind.Pdf => await FromCopyAsync(content, ct),
            DocumentKind.Docx => WordText.Read(content),
            DocumentKind.Xlsx => SheetText.ReadWorkbook(content),
            DocumentKind.Csv => await SheetText.ReadCsvAsync(content, ct),
            _ => await PlainText.ReadAsync(content, ct),
        };
    }

    // The store may be a bucket; the tool that reads PDFs wants a file.
    private static async Task<ExtractedText> FromCopyAsync(Stream content, CancellationToken ct)
    {
        var path = Path.GetTempFileName();
        try
        {
            await using (var copy = File.OpenWrite(path)) await content.CopyToAsync(copy, ct);
            return await PdfText.ReadAsync(path, ct);
        }
        finally
        {
            File.Delete(path);
        }
    }
}
