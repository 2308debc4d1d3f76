using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.EntityFrameworkCore;
using RealEstateOs.Platform.Http;
using RealEstateOs.Platform.Pictures;
using RealEstateOs.Platform.Problems;
using RealEstateOs.Platform.Storage;

namespace RealEstateOs.Auth.Organizations;

/// <summary>A picture as multipart/form-data.</summary>
public sealed record UploadLogoForm
{
    /// <summary>PNG, JPEG, WebP or GIF, 2 MB at most; transparent ground stays so.</summary>
    [Required] public IFormFile? File { get; init; }
}

internal static class Logo
{
    private const long MaxBytes = 2 * 1024 * 1024;

    public static readonly IAcceptsMetadata Body = new AcceptsMetadata(["multipart/form-data"], typeof(UploadLogoForm));

    /// <summary>
    /// Keeps the office's logo here. Reports, invoices, advertisements, pages and mails show it, and nobody has to host it; what a program
    /// wrote into the picture beside its pixels is not kept. It takes the place of the one before.
    /// </summary>
    public static async Task<Ok<OrganizationResponse>> Upload(HttpContext http, AuthDb db, LogoStore logos, Files files,
        CancellationToken ct)
    {
        var upload = await Platform.Storage.Upload.ReadAsync(http, files, MaxBytes, FileKind.Images, ct, Photographs.Cleaned(MaxBytes));
        if (upload.File is not { } file) throw Problem.Invalid(FieldError.Missing("file"));
        try
        {
            var organization = await db.Organizations.FirstAsync(ct);
            logos.Set(organization, file.Key, null);
            await db.SaveChangesAsync(ct);
            return TypedResults.Ok(OrganizationResponse.Of(organization, logos));
        }
        catch
        {
            await files.DeleteAsync(file.Key, CancellationToken.None);
            throw;
        }
    }

    /// <summary>Leaves the organization without a logo.</summary>
    public static async Task<NoContent> Remove(AuthDb db, LogoStore logos, CancellationToken ct)
    {
        logos.Set(await db.Organizations.FirstAsync(ct), null, null);
        await db.SaveChangesAsync(ct);
        return TypedResults.NoContent();
    }
}

/// <summary>The one logo that an organization has: a file of ours, or an address elsewhere.</summary>
internal sealed class LogoStore(AuthDb db, Files files, FileLinks links, PublicAddress address)
{
    public string? AddressOf(Organization organization) => organization.LogoKey is not { } key ? organization.LogoUrl
        : address.Of(links.MakeLasting(FileKey.Parse(key), $"logo{Path.GetExtension(key)}",
            FileKind.Images.First(k => k.Ending == Path.GetExtension(key)).ContentType));

    public void Set(Organization organization, FileKey? file, string? url)
    {
        if (organization.LogoKey is { } old) files.DeleteAfterCommit(db.Work, FileKey.Parse(old));
        (organization.LogoKey, organization.LogoUrl) = (file?.Value, url);
    }
}
