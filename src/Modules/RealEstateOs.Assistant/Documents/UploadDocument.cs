using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.Extensions.Options;
using RealEstateOs.Assistant.Extraction;
using RealEstateOs.Contracts.Auth;
using RealEstateOs.Contracts.Ids;
using RealEstateOs.Platform.Authorization;
using RealEstateOs.Platform.Http;
using RealEstateOs.Platform.Jobs;
using RealEstateOs.Platform.Problems;
using RealEstateOs.Platform.Serialization;
using RealEstateOs.Platform.Storage;

namespace RealEstateOs.Assistant.Documents;

internal static class UploadDocument
{
    public static readonly IAcceptsMetadata Body = new AcceptsMetadata(["multipart/form-data"], typeof(DocumentFormFields));

    private static readonly FileKind[] Allowed = [FileKind.Pdf, FileKind.Docx, FileKind.Xlsx, FileKind.Csv, FileKind.Text];

    /// <summary>
    /// Takes a document in, checked by its content, and reads it in the background: PDF, DOCX, XLSX, CSV, text or Markdown.
    /// </summary>
    public static async Task<Accepted<DocumentAccepted>> Handle(
        HttpContext http, Files files, AssistantDb db, JobQueue jobs, CurrentUser user, IOrganizationDirectory organizations,
        PermissionCatalogue permissions,
        IOptions<AssistantOptions> options, CancellationToken ct)
    {
        var upload = await Upload.ReadAsync(http, files, options.Value.MaxFileBytes, Allowed, ct);
        try
        {
            var document = Read(upload, user, permissions);
            await organizations.RequireAsync(document.TeamId, null, ct);
            await CheckArchiveAsync(document, files, ct);
            db.Add(document);
            await db.SaveChangesAsync(ct);
            var job = await jobs.EnqueueAsync(ProcessDocument.Kind, new DocumentToProcess(document.Id), ct,
                resource: document.Id.Reference());
            var answer = job.ToAnswer();
            return TypedResults.Accepted($"{ApiGroup.Root}/documents/{document.Id.Value}", new DocumentAccepted
            {
                Id = document.Id, Title = document.Title, FileName = document.FileName!, Kind = document.Kind, Access = document.Access,
                JobId = answer.JobId, Status = answer.Status, ProgressUrl = answer.ProgressUrl,
                EstimatedCompletion = answer.EstimatedCompletion,
            });
        }
        catch
        {
            if (upload.File is { } file) await files.DeleteAsync(file.Key, CancellationToken.None);
            throw;
        }
    }

    private static Document Read(Upload upload, CurrentUser user, PermissionCatalogue permissions)
    {
        var errors = new List<FieldError>();
        var fields = upload.Fields.Where(f => f.Value.Trim().Length > 0).ToDictionary(f => f.Key, f => f.Value.Trim());
        if (upload.File is null) errors.Add(FieldError.Missing("file"));
        var title = fields.GetValueOrDefault("title") ?? upload.FileName ?? "";
        if (title.Length > 300 || title.Any(char.IsControl))
            errors.Add(FieldError.Format("title", "must be one line of at most 300 letters"));
        DocumentAccess access = default;
        if (fields.TryGetValue("access", out var word) && !Vocabulary.TryRead(word, out access))
            errors.Add(FieldError.Format("access", Vocabulary.Explain(typeof(DocumentAccess))));
        TeamId team = default;
        if (fields.TryGetValue("team_id", out var given) && !TeamId.TryParse(given, null, out team))
            errors.Add(FieldError.Format("team_id", "must be the id of a team"));
        if (access == DocumentAccess.Team && given is null && user.Principal.TeamId is null) errors.Add(FieldError.Missing("team_id"));
        if (fields.TryGetValue("required_permission", out var permission))
        {
            if (!permissions.Names.Contains(permission)) errors.Add(FieldError.Format("required_permission", "is no permission"));
            else if (user.ReachOf(permission) != Reach.All)
                errors.Add(FieldError.Format("required_permission", "must be a permission that you have yourself"));
        }
        if (errors.Count > 0) throw Problem.Invalid(errors);
        var file = upload.File!;
        return new Document
        {
            Title = title, Kind = KindOf(file.ContentType), FileName = upload.FileName, FileKey = file.Key.Value, FileSize = file.Size,
            ContentType = file.ContentType, Sha256 = file.Sha256,
            Access = access, TeamId = access == DocumentAccess.Team ? given is null ? user.Principal.TeamId : team : null,
            RequiredPermission = permission,
        };
    }

    private static DocumentKind KindOf(string contentType) =>
        contentType == FileKind.Pdf.ContentType ? DocumentKind.Pdf
        : contentType == FileKind.Docx.ContentType ? DocumentKind.Docx
        : contentType == FileKind.Xlsx.ContentType ? DocumentKind.Xlsx
        : contentType == FileKind.Csv.ContentType ? DocumentKind.Csv : DocumentKind.Text;

    private static async Task CheckArchiveAsync(Document document, Files files, CancellationToken ct)
    {
        if (document.Kind is not (DocumentKind.Docx or DocumentKind.Xlsx)) return;
        await using var content = await files.OpenAsync(FileKey.Parse(document.FileKey!), ct)
            ?? throw Problem.Unavailable("The file could not be kept.");
        if (ArchiveRules.FaultOf(content) is { } fault) throw Problem.Invalid(FieldError.Format("file", fault));
    }
}
