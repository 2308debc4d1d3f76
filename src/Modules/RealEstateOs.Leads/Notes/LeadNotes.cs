using System.ComponentModel.DataAnnotations;
using System.Linq.Expressions;
using FluentValidation;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using RealEstateOs.Contracts.Auth;
using RealEstateOs.Contracts.Leads;
using RealEstateOs.Platform.Authorization;
using RealEstateOs.Platform.Http;
using RealEstateOs.Platform.Http.Lists;
using RealEstateOs.Platform.Persistence;

namespace RealEstateOs.Leads.Notes;

/// <example>{"content": "Prefers WhatsApp after six.", "is_pinned": true}</example>
public sealed record AddLeadNoteRequest : IRequestBody<AddLeadNoteRequest>
{
    /// <summary>Also taken as <c>note</c> or <c>text</c>.</summary>
    [Alias("note"), Alias("text"), MaxLength(20_000)] public string? Content { get; init; }
    /// <summary>Pinned notes can be listed alone (<c>is_pinned=true</c>). False where it is left out.</summary>
    public bool? IsPinned { get; init; }
}

/// <param name="Content">Text of the note, as it was written.</param>
/// <param name="IsPinned">Marked as important; <c>is_pinned=true</c> lists such notes alone.</param>
public sealed record LeadNoteResponse(
    LeadNoteId Id, OrganizationId OrganizationId, LeadId LeadId, string Content, bool IsPinned, UserId? CreatedBy, DateTimeOffset CreatedAt,
    DateTimeOffset UpdatedAt)
{
    internal static readonly Expression<Func<LeadNote, LeadNoteResponse>> Projection = n =>
        new LeadNoteResponse(n.Id, n.OrganizationId, n.LeadId, n.Content, n.IsPinned, n.CreatedBy, n.CreatedAt, n.UpdatedAt);

    internal static readonly Func<LeadNote, LeadNoteResponse> Of = Projection.Compile();
}

internal sealed class AddLeadNoteValidator : AbstractValidator<AddLeadNoteRequest>
{
    public AddLeadNoteValidator() => RuleFor(n => n.Content).NotEmpty();
}

internal static class LeadNotes
{
    private static readonly ListSpec<LeadNote> Spec = new ListSpec<LeadNote>()
        .Flag("is_pinned", n => n.IsPinned)
        .Sort("created_at", n => n.CreatedAt)
        .By("-created_at");

    /// <summary>Adds a note to the lead.</summary>
    public static async Task<Results<Created<LeadNoteResponse>, NotFound>> Add(LeadId id, AddLeadNoteRequest request, LeadsDb db,
        CurrentUser user, CancellationToken ct)
    {
        if (await db.FindAsync(id, user, LeadsPermissions.Update, ct) is not { } lead) return TypedResults.NotFound();
        var note = new LeadNote { LeadId = id, Content = request.Content!, IsPinned = request.IsPinned ?? false };
        db.Add(note);
        db.AddTimeline(lead, "note_added", "Note Added", null);
        await db.SaveChangesAsync(ct);
        return TypedResults.Created((string?)null, LeadNoteResponse.Of(note));
    }

    /// <summary>The lead's notes, the latest first.</summary>
    public static async Task<Results<ListResult<LeadNoteResponse>, NotFound>> List(LeadId id, ListRequest list, LeadsDb db,
        CurrentUser user, CancellationToken ct) =>
            await db.SeesAsync(id, user, ct)
                ? await list.PageAsync(db.Notes.AsNoTracking().Where(n => n.LeadId == id), Spec, n => n.Id, LeadNoteResponse.Projection, ct)
                : TypedResults.NotFound();
}
