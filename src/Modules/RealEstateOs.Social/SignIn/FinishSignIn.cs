using System.ComponentModel.DataAnnotations;
using FluentValidation;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;
using RealEstateOs.Platform.Authorization;
using RealEstateOs.Platform.Http;
using RealEstateOs.Platform.Persistence;
using RealEstateOs.Platform.Problems;
using RealEstateOs.Platform.Serialization;
using RealEstateOs.Social.Accounts;
using RealEstateOs.Social.Networks;

namespace RealEstateOs.Social.SignIn;

/// <example>{"state": "as-it-came-with-the-redirect", "code": "as-it-came-with-the-redirect"}</example>
public sealed record FinishSignInRequest : IRequestBody<FinishSignInRequest>
{
    /// <summary>As the network's redirect brings it.</summary>
    [MaxLength(2000)] public string? State { get; init; }
    /// <summary>As the network's redirect brings it; good once, on X for 30 seconds.</summary>
    [MaxLength(4000)] public string? Code { get; init; }
}

internal sealed class FinishSignInValidator : AbstractValidator<FinishSignInRequest>
{
    public FinishSignInValidator()
    {
        RuleFor(s => s.State).NotEmpty();
        RuleFor(s => s.Code).NotEmpty();
    }
}

internal static class FinishSignIn
{
    /// <summary>
    /// Ends a sign-in with what the network's redirect brought. The accounts are connected, or get their new tokens, and what was held
    /// because the old ones had ended goes out. Only who began it can end it. A code that the network does not take is a 422, a network
    /// that does not answer a 503.
    /// </summary>
    public static async Task<Ok<IReadOnlyList<SocialAccountResponse>>> Handle(
        FinishSignInRequest request, SignInSeal seal, IEnumerable<INetworkSignIn> networks, AccountBook book, SocialDb db,
        CurrentUser user, IHttpClientFactory clients, IOptions<SocialOptions> options, PublicAddress address, TimeProvider clock,
        CancellationToken ct)
    {
        if (seal.Open(request.State!, user, StartSignIn.RedirectUrl(options.Value, address)) is not { } attempt)
            throw Problem.Invalid(FieldError.Format("state", "is none that you began within the last ten minutes"));
        var found = await AskAsync(networks.First(n => n.Serves(attempt.Platform)), attempt, request.Code!,
            new NetworkClient(clients, options.Value.CallTimeout, clock), ct);
        if (found.Count == 0)
            throw Problem.Invalid(FieldError.Format("code",
                $"leads to no account of {Vocabulary.Word(attempt.Platform)} that may be posted to"));
        var kept = new List<SocialAccount>();
        await db.Work.InTransactionAsync(async () =>
        {
            foreach (var account in found)
                kept.Add(await book.KeepAsync(new(attempt.Platform, account.ExternalId, account.Name, account.Tokens,
                    clock.Now() + account.Lifetime, null), ct));
        }, ct);
        return TypedResults.Ok<IReadOnlyList<SocialAccountResponse>>([.. kept.Select(a => AccountRecords.Of(a, options.Value))]);
    }

    private static async Task<IReadOnlyList<SignedInAccount>> AskAsync(INetworkSignIn network, SignInAttempt attempt, string code,
        NetworkClient client, CancellationToken ct)
    {
        try
        {
            return await network.AccountsAsync(attempt, code, client, ct);
        }
        catch (NetworkFault refused)
        {
            throw Problem.Invalid(FieldError.Format("code", $"is not taken by the network: {refused.Message}"));
        }
        catch (NoAnswer lost)
        {
            throw Problem.Unavailable($"The network gave no answer that can be used: {lost.Message} Begin the sign-in again.");
        }
    }
}
