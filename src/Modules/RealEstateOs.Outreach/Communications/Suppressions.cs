using System.ComponentModel.DataAnnotations;
using System.Linq.Expressions;
using FluentValidation;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using RealEstateOs.Contracts.Auth;
using RealEstateOs.Contracts.Outreach;
using RealEstateOs.Platform.Contacts;
using RealEstateOs.Platform.Http;
using RealEstateOs.Platform.Http.Lists;

namespace RealEstateOs.Outreach.Communications;

/// <example>{"address": "no.more@example.com", "channel": "email", "reason": "manual",
/// "note": "Asked on the phone not to be written to."}</example>
public sealed record AddSuppressionRequest : IRequestBody<AddSuppressionRequest>
{
    /// <summary>An e-mail address, or a phone number in international form or that of the office's country.</summary>
    [MaxLength(254)] public string? Address { get; init; }
    /// <summary>Default: what the address looks like.</summary>
    public MessageChannel? Channel { get; init; }
    /// <summary>Default <c>manual</c>.</summary>
    public SuppressionReason? Reason { get; init; }
    /// <summary>Why, for colleagues; up to 1,000 letters.</summary>
    [MaxLength(1000)] public string? Note { get; init; }

    internal bool IsEmail => Channel is { } channel ? channel == MessageChannel.Email : Address!.Contains('@', StringComparison.Ordinal);
}

internal sealed class AddSuppressionValidator : AbstractValidator<AddSuppressionRequest>
{
    public AddSuppressionValidator() => RuleFor(s => s.Address).NotEmpty()
        .Must((s, address) => s.IsEmail ? EmailAddress.Normalise(address) is not null : PhoneNumber.IsPlausible(address!))
        .WithMessage("must be an e-mail address, or a phone number such as +971 50 123 4567");
}

/// <param name="Address">Normalised: a mail address in small letters, a number as +971501234567.</param>
/// <param name="Reason">Who or what put it there.</param>
/// <param name="Note">Why, for colleagues.</param>
public sealed record SuppressionResponse(
    SuppressionId Id, OrganizationId OrganizationId, MessageChannel Channel, string Address, SuppressionReason Reason, string? Note,
    UserId? CreatedBy, DateTimeOffset CreatedAt,
    DateTimeOffset UpdatedAt)
{
    internal static readonly Expression<Func<Suppression, SuppressionResponse>> Projection = s =>
        new SuppressionResponse(s.Id, s.OrganizationId, s.Channel, s.Address, s.Reason, s.Note, s.CreatedBy, s.CreatedAt, s.UpdatedAt);
}

internal static class Suppressions
{
    private static readonly ListSpec<Suppression> Spec = new ListSpec<Suppression>()
        .Is("channel", s => s.Channel).Is("reason", s => s.Reason).Is("address", s => s.Address,
            text => EmailAddress.Normalise(text) ?? PhoneNumber.Normalise(text))
        .Sort("created_at", s => s.CreatedAt).Sort("address", s => s.Address)
        .By("-created_at");

    /// <summary>The addresses that nothing is sent to any more.</summary>
    public static Task<ListResult<SuppressionResponse>> List(ListRequest list, OutreachDb db, CancellationToken ct) =>
        list.PageAsync(db.Suppressions.AsNoTracking(), Spec, s => s.Id, SuppressionResponse.Projection, ct);

    /// <summary>Puts an address on the list; one that is on it already is answered as it is.</summary>
    public static async Task<Ok<SuppressionResponse>> Add(AddSuppressionRequest request, OutreachDb db, ISuppressionList suppressions,
        IOrganizationDirectory organizations, CancellationToken ct)
    {
        var channel = request.IsEmail ? MessageChannel.Email : MessageChannel.Sms;
        var country = (await organizations.DefaultsAsync(ct)).Country;
        var address = request.IsEmail ? EmailAddress.Normalise(request.Address)!
            : PhoneNumber.Normalise(PhoneNumber.Required(request.Address, country, "address"), country)!;
        await suppressions.AddAsync(channel, address, request.Reason ?? SuppressionReason.Manual, request.Note, ct);
        return TypedResults.Ok(await db.Suppressions.AsNoTracking().Where(s => s.Channel == channel && s.Address == address)
            .Select(SuppressionResponse.Projection).SingleAsync(ct));
    }

    /// <summary>Takes an address off the list: its owner has asked for mail again.</summary>
    public static async Task<Results<NoContent, NotFound>> Remove(SuppressionId id, OutreachDb db, CancellationToken ct)
    {
        if (await db.Suppressions.FirstOrDefaultAsync(s => s.Id == id, ct) is not { } suppression) return TypedResults.NotFound();
        db.Remove(suppression);
        await db.SaveChangesAsync(ct);
        return TypedResults.NoContent();
    }
}
