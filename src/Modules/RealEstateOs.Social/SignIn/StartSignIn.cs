using FluentValidation;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;
using RealEstateOs.Contracts.Social;
using RealEstateOs.Platform.Authorization;
using RealEstateOs.Platform.Http;
using RealEstateOs.Platform.Persistence;
using RealEstateOs.Platform.Problems;
using RealEstateOs.Social.Networks;

namespace RealEstateOs.Social.SignIn;

/// <example>{"platform": "linkedin"}</example>
public sealed record StartSignInRequest : IRequestBody<StartSignInRequest>
{
    public SocialPlatform? Platform { get; init; }
}

internal sealed class StartSignInValidator : AbstractValidator<StartSignInRequest>
{
    public StartSignInValidator() => RuleFor(s => s.Platform).NotNull();
}

/// <param name="AuthorizationUrl">Open it in a browser: the network asks the person there.</param>
/// <param name="RedirectUrl">Where the network leads back to, with <c>state</c> and <c>code</c>.</param>
/// <param name="ExpiresAt">Until then the sign-in can be finished, by whoever began it.</param>
public sealed record SignInLink(SocialPlatform Platform, Uri AuthorizationUrl, string RedirectUrl, DateTimeOffset ExpiresAt);

internal static class StartSignIn
{
    /// <summary>
    /// Begins to connect accounts by the network's own sign-in. Facebook connects the pages that the person chooses, Instagram the business
    /// accounts of those pages, LinkedIn the member or the pages they administer, X the account. A network with which this installation is
    /// not registered is a 409: there, connect by a token.
    /// </summary>
    public static Ok<SignInLink> Handle(
        StartSignInRequest request, SignInSeal seal, IEnumerable<INetworkSignIn> networks, CurrentUser user,
        IOptions<SocialOptions> options, PublicAddress address, TimeProvider clock)
    {
        var platform = request.Platform!.Value;
        var network = networks.First(n => n.Serves(platform));
        if (network.Missing is { } missing)
            throw Problem.Conflict($"This installation is not registered with the network: {missing}. Connect the account by a token.");
        var attempt = seal.Begin(platform, user, RedirectUrl(options.Value, address));
        return TypedResults.Ok(new SignInLink(platform, network.LinkOf(attempt), attempt.RedirectUrl, clock.Now() + SignInSeal.Lifetime));
    }

    public static string RedirectUrl(SocialOptions options, PublicAddress address) =>
        options.RedirectUrl?.ToString() ?? address.Of(SignInPage.Route);
}
