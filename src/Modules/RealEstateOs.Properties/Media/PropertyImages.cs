using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.EntityFrameworkCore;
using RealEstateOs.Contracts.Properties;
using RealEstateOs.Platform.Authorization;
using RealEstateOs.Platform.Http.Lists;
using RealEstateOs.Platform.Persistence;
using RealEstateOs.Platform.Storage;
using RealEstateOs.Properties.Listings;

namespace RealEstateOs.Properties.Media;

internal static class PropertyImages
{
    private const long MaxBytes = 20 * 1024 * 1024;

    public static readonly IAcceptsMetadata Body = new AcceptsMetadata(["application/json", "multipart/form-data"], typeof(UploadImageForm),
        isOptional: true);

    private static readonly ListSpec<PropertyImage> Spec = new ListSpec<PropertyImage>()
        .Flag("is_primary", i => i.IsPrimary)
        .Sort("order", i => i.Order).Sort("created_at", i => i.CreatedAt)
        .By("order");

    /// <summary>
    /// Adds an image: JSON with <c>url</c>, or multipart with <c>file</c> (JPEG, PNG, WebP, GIF; 20 MB), told by its bytes and not by its
    /// name. Place, time and device that a camera wrote into it are not kept, and it is turned upright. HEIC is a 415.
    /// </summary>
    public static async Task<Results<Created<ImageResponse>, NotFound>> Add(
        PropertyId id, HttpContext http, PropertiesDb db, CurrentUser user, Files files, FileLinks links, CancellationToken ct)
    {
        if (await db.FindAsync(id, user, PropertiesPermissions.Update, ct) is not { } property) return TypedResults.NotFound();
        var (request, file) = await ImageRequests.ReadAsync(http, files, MaxBytes, ct);
        try
        {
            await db.LockAsync(id, ct);
            var others = db.Images.Where(i => i.PropertyId == id);
            var image = new PropertyImage
            {
                PropertyId = id, Url = file is null ? request.Url : null, FileKey = file?.Key.Value, ContentType = file?.ContentType,
                FileSize = file?.Size,
                Title = request.Title, Description = request.Description,
                Order = request.Order ?? (await others.MaxAsync(i => (int?)i.Order, ct) + 1 ?? 0),
                IsPrimary = request.IsPrimary ?? !await others.AnyAsync(ct),
            };
            if (image.IsPrimary) await db.ClearPrimaryAsync(id, ct);
            db.Add(image);
            db.AddTimeline(property, "image_added", "Image Added", image.Title);
            db.TellImages(property, user);
            await db.SaveChangesAsync(ct);
            return TypedResults.Created((string?)null, ImageResponse.Of(image, links));
        }
        catch when (file is not null)
        {
            await files.DeleteAsync(file.Key, CancellationToken.None);
            throw;
        }
    }

    /// <summary>The property's images in their order.</summary>
    public static async Task<Results<ListResult<ImageResponse>, NotFound>> List(PropertyId id, ListRequest list, PropertiesDb db,
        CurrentUser user, FileLinks links, CancellationToken ct) =>
            await db.SeesAsync(id, user, ct)
                ? await list.PageAsync(db.Images.AsNoTracking().Where(i => i.PropertyId == id), Spec, i => i.Id,
                    i => ImageResponse.Of(i, links), ct)
                : TypedResults.NotFound();

    /// <summary>Changes title, description, place, or which image is the primary one.</summary>
    public static async Task<Results<Ok<ImageResponse>, NotFound>> Change(
        PropertyId id, PropertyImageId imageId, ChangeImageRequest request, PropertiesDb db, CurrentUser user, FileLinks links,
        CancellationToken ct)
    {
        if (await db.FindAsync(id, user, PropertiesPermissions.Update, ct) is not { } property) return TypedResults.NotFound();
        await db.LockAsync(id, ct);
        if (await db.Images.FirstOrDefaultAsync(i => i.Id == imageId && i.PropertyId == id, ct) is not { } image)
            return TypedResults.NotFound();
        if (request.IsPrimary is true && !image.IsPrimary) await db.ClearPrimaryAsync(id, ct);
        image.IsPrimary = request.IsPrimary ?? image.IsPrimary;
        image.Title = request.Given(request.Title, image.Title);
        image.Description = request.Given(request.Description, image.Description);
        image.Order = request.Order ?? image.Order;
        if (db.ChangeTracker.HasChanges()) db.TellImages(property, user);
        await db.SaveChangesAsync(ct);
        return TypedResults.Ok(ImageResponse.Of(image, links));
    }

    /// <summary>Deletes the image and its file; if it was the primary one, the next becomes it.</summary>
    public static async Task<Results<NoContent, NotFound>> Delete(PropertyId id, PropertyImageId imageId, PropertiesDb db, CurrentUser user,
        Files files, CancellationToken ct)
    {
        if (await db.FindAsync(id, user, PropertiesPermissions.Update, ct) is not { } property) return TypedResults.NotFound();
        await db.LockAsync(id, ct);
        if (await db.Images.FirstOrDefaultAsync(i => i.Id == imageId && i.PropertyId == id, ct) is not { } image)
            return TypedResults.NotFound();
        db.Remove(image);
        db.AddTimeline(property, "image_deleted", "Image Deleted", image.Title);
        db.TellImages(property, user);
        if (image.FileKey is { } key) files.DeleteAfterCommit(db.Work, FileKey.Parse(key));
        await db.SaveChangesAsync(ct);
        if (image.IsPrimary && await db.Images.Where(i => i.PropertyId == id).OrderBy(i => i.Order).ThenBy(i => i.Id).FirstOrDefaultAsync(
            ct) is { } next)
        {
            next.IsPrimary = true;
            await db.SaveChangesAsync(ct);
        }
        return TypedResults.NoContent();
    }

    // Portals and other copies of the listing follow its photographs as they follow its price.
    private static void TellImages(this PropertiesDb db, Property property, CurrentUser user) => db.Raise(() => new PropertyUpdated(
        property.Id, property.TeamId, property.AssignedUserId, property.CurrentStage, user.Id, ["images"]));

    // Two who set a primary image at once take turns.
    private static Task LockAsync(this PropertiesDb db, PropertyId id, CancellationToken ct) =>
        db.Database.ExecuteSqlAsync($"select 1 from properties.properties where id = {id.Value} for no key update", ct);

    private static async Task ClearPrimaryAsync(this PropertiesDb db, PropertyId id, CancellationToken ct)
    {
        await foreach (var image in db.Images.Where(i => i.PropertyId == id && i.IsPrimary).AsAsyncEnumerable().WithCancellation(ct))
            image.IsPrimary = false;
        await db.SaveChangesAsync(ct); // before the other gets it: at no time are there two
    }
}
