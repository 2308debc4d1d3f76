using System.ComponentModel.DataAnnotations;
using FluentValidation;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using RealEstateOs.Contracts.Auth;
using RealEstateOs.Contracts.Ids;
using RealEstateOs.Contracts.Social;
using RealEstateOs.Platform.Http;
using RealEstateOs.Social.Networks;

namespace RealEstateOs.Social.Accounts;

/// <example>{"platform": "instagram", "name": "Harbour Realty", "external_id": "17841400000000000",
/// "access_token": "paste-a-long-lived-token", "expires_at": "2027-01-25T00:00:00Z"}</example>
public sealed record ConnectAccountRequest : IRequestBody<ConnectAccountRequest>
{
    public SocialPlatform? Platform { get; init; }
    /// <summary>What people call the account, up to 200 letters.</summary>
    [MaxLength(200)] public string? Name { get; init; }
    /// <summary>
    /// The network's own id: an Instagram user, a page, <c>urn:li:organization:1</c> or <c>urn:li:person:…</c>, a user of X.
    /// </summary>
    [MaxLength(200)] public string? ExternalId { get; init; }
    /// <summary>Kept sealed and never shown again.</summary>
    [MaxLength(4000)] public string? AccessToken { get; init; }
    /// <summary>Renews the token where the network gives one; kept encrypted and never shown.</summary>
    [MaxLength(4000)] public string? RefreshToken { get; init; }
    /// <summary>When the access token ends, where it does.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }
    /// <summary>Posts that name no account go there; the first account of a network always is it.</summary>
    public bool? IsDefault { get; init; }
}

internal sealed class ConnectAccountValidator : AbstractValidator<ConnectAccountRequest>
{
    public ConnectAccountValidator()
    {
        RuleFor(a => a.Platform).NotNull();
        RuleFor(a => a.AccessToken).NotEmpty().Must(IsToken).WithMessage("must be a token without blanks");
        RuleFor(a => a.RefreshToken).Must(IsToken).WithMessage("must be a token without blanks");
        RuleFor(a => a.ExternalId).NotEmpty().Must((a, id) => id is null || (a.Platform == SocialPlatform.Linkedin
            ? id.StartsWith("urn:li:organization:", StringComparison.Ordinal) || id.StartsWith("urn:li:person:", StringComparison.Ordinal)
            : id.All(char.IsAsciiDigit)))
            .WithMessage("must be the network's id: a number, or urn:li:organization:… or urn:li:person:… on LinkedIn");
    }

    private static bool IsToken(string? token) => token is null || token.All(c => c is > ' ' and < '\u007f');
}

/// <summary>An account; its tokens are never shown.</summary>
/// <param name="Status"><c>connected</c>, or <c>reconnect_needed</c>: the network does not take the token any more.</param>
/// <param name="HeldUntil">The network wants to be left alone until then.</param>
/// <param name="ApiVersionEndsOn">The day on which the version of the network's API that is configured here ends.</param>
/// <param name="Id">Id of the account here.</param>
/// <param name="Name">What people call the account.</param>
/// <param name="ExternalId">The network's own id of it.</param>
/// <param name="IsDefault">Posts of the network go out by it where they name no other.</param>
/// <param name="TokenExpiresAt">When the network's token ends; null where it has no end.</param>
/// <param name="Trouble">What the network objected to; null where nothing.</param>
public sealed record SocialAccountResponse(
    string Id, OrganizationId OrganizationId, SocialPlatform Platform, string Name, string ExternalId, SocialAccountStatus Status,
    bool IsDefault, DateTimeOffset? TokenExpiresAt,
    DateTimeOffset? HeldUntil, string? Trouble, DateOnly? ApiVersionEndsOn, UserId? CreatedBy, DateTimeOffset CreatedAt,
    DateTimeOffset UpdatedAt);

internal static class AccountRecords
{
    /// <summary>The office's accounts on the networks.</summary>
    public static async Task<Ok<IReadOnlyList<SocialAccountResponse>>> List(SocialDb db, IOptions<SocialOptions> options,
        CancellationToken ct) =>
            TypedResults.Ok<IReadOnlyList<SocialAccountResponse>>(
                [.. (await db.Accounts.AsNoTracking().OrderBy(a => a.Id).ToListAsync(ct)).Select(a => Of(a, options.Value))]);

    /// <summary>
    /// Connects an account by a token from the network's own console. The same account again gets the new token, and what was held because
    /// the old one had ended goes out.
    /// </summary>
    public static async Task<Created<SocialAccountResponse>> Connect(
        ConnectAccountRequest request, AccountBook book, IOptions<SocialOptions> options, CancellationToken ct)
    {
        var account = await book.KeepAsync(new(request.Platform!.Value, request.ExternalId!, request.Name,
            new OpenTokens(request.AccessToken!, request.RefreshToken), request.ExpiresAt, request.IsDefault), ct);
        return TypedResults.Created($"{ApiGroup.Root}/social/accounts", Of(account, options.Value));
    }

    /// <summary>
    /// Forgets an account and its tokens; its posts stay. Posts that were planned for it go to the network's default account.
    /// </summary>
    public static async Task<Results<NoContent, NotFound>> Disconnect(SocialAccountId id, SocialDb db, CancellationToken ct)
    {
        if (await db.Accounts.FirstOrDefaultAsync(a => a.Id == id, ct) is not { } account) return TypedResults.NotFound();
        await db.Posts.Where(p => p.AccountId == id).ExecuteUpdateAsync(
            set => set.SetProperty(p => p.AccountId, (SocialAccountId?)null), ct);
        db.Remove(account);
        await db.SaveChangesAsync(ct);
        return TypedResults.NoContent();
    }

    public static SocialAccountResponse Of(SocialAccount a, SocialOptions options) => new(
        a.Id.Reference(), a.OrganizationId, a.Platform, a.Name, a.ExternalId, a.Status, a.IsDefault, a.TokenExpiresAt,
        a.HeldUntil, a.Trouble,
        a.Platform switch { SocialPlatform.Linkedin => options.Linkedin.VersionEndsOn, SocialPlatform.X => null, _ =>
            options.Meta.VersionEndsOn }, a.CreatedBy, a.CreatedAt, a.UpdatedAt);
}
