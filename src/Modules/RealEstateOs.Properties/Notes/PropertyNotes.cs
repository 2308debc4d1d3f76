using System.ComponentModel.DataAnnotations;
using System.Linq.Expressions;
using FluentValidation;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using RealEstateOs.Contracts.Auth;
using RealEstateOs.Contracts.Properties;
using RealEstateOs.Platform.Authorization;
using RealEstateOs.Platform.Http;
using RealEstateOs.Platform.Http.Lists;
using RealEstateOs.Platform.Persistence;
using RealEstateOs.Properties.Listings;

namespace RealEstateOs.Properties.Notes;

/// <example>{"content": "The owner is abroad until January.", "is_pinned": true}</example>
public sealed record AddNoteRequest : IRequestBody<AddNoteRequest>
{
    /// <summary>Also taken as <c>note</c> or <c>text</c>.</summary>
    [Alias("note"), Alias("text"), MaxLength(20_000)] public string? Content { get; init; }
    /// <summary>Pinned notes can be listed alone (<c>is_pinned=true</c>). False where it is left out.</summary>
    public bool? IsPinned { get; init; }
}

/// <param name="Content">Text of the note, as it was written.</param>
/// <param name="IsPinned">Marked as important; <c>is_pinned=true</c> lists such notes alone.</param>
public sealed record NoteResponse(
    PropertyNoteId Id, OrganizationId OrganizationId, PropertyId PropertyId, string Content, bool IsPinned, UserId? CreatedBy,
    DateTimeOffset CreatedAt, DateTimeOffset UpdatedAt)
{
    internal static readonly Expression<Func<PropertyNote, NoteResponse>> Projection = n =>
        new NoteResponse(n.Id, n.OrganizationId, n.PropertyId, n.Content, n.IsPinned, n.CreatedBy, n.CreatedAt, n.UpdatedAt);

    internal static readonly Func<PropertyNote, NoteResponse> Of = Projection.Compile();
}

internal sealed class AddNoteValidator : AbstractValidator<AddNoteRequest>
{
    public AddNoteValidator() => RuleFor(n => n.Content).NotEmpty();
}

internal static class PropertyNotes
{
    private static readonly ListSpec<PropertyNote> Spec = new ListSpec<PropertyNote>()
        .Flag("is_pinned", n => n.IsPinned)
        .Sort("created_at", n => n.CreatedAt)
        .By("-created_at");

    /// <summary>Adds a note to the property.</summary>
    public static async Task<Results<Created<NoteResponse>, NotFound>> Add(PropertyId id, AddNoteRequest request, PropertiesDb db,
        CurrentUser user, CancellationToken ct)
    {
        if (await db.FindAsync(id, user, PropertiesPermissions.Update, ct) is not { } property) return TypedResults.NotFound();
        var note = new PropertyNote { PropertyId = id, Content = request.Content!, IsPinned = request.IsPinned ?? false };
        db.Add(note);
        db.AddTimeline(property, "note_added", "Note Added", null);
        await db.SaveChangesAsync(ct);
        return TypedResults.Created((string?)null, NoteResponse.Of(note));
    }

    /// <summary>The property's notes, the latest first.</summary>
    public static async Task<Results<ListResult<NoteResponse>, NotFound>> List(PropertyId id, ListRequest list, PropertiesDb db,
        CurrentUser user, CancellationToken ct) =>
            await db.SeesAsync(id, user, ct)
                ? await list.PageAsync(db.Notes.AsNoTracking().Where(n => n.PropertyId == id), Spec, n => n.Id, NoteResponse.Projection, ct)
                : TypedResults.NotFound();
}
