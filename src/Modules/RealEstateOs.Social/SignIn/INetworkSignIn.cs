using RealEstateOs.Contracts.Social;
using RealEstateOs.Social.Networks;

namespace RealEstateOs.Social.SignIn;

/// <summary>A network's own sign-in (OAuth 2, authorization code): where a person allows us to post, and what follows from it.</summary>
internal interface INetworkSignIn
{
    bool Serves(SocialPlatform platform);

    /// <summary>Why nobody can sign in there; null where the installation is registered with the network.</summary>
    string? Missing { get; }

    /// <summary>Where the person's browser goes.</summary>
    Uri LinkOf(SignInAttempt attempt);

    /// <summary>Exchanges the code for tokens of the accounts that the person lets us post as; they may have none.</summary>
    Task<IReadOnlyList<SignedInAccount>> AccountsAsync(SignInAttempt attempt, string code, NetworkClient client, CancellationToken ct);
}

/// <param name="State">Comes back with the code, unchanged.</param>
/// <param name="Verifier">The secret of PKCE (RFC 7636), for networks that ask for it.</param>
internal sealed record SignInAttempt(SocialPlatform Platform, string State, string Verifier, string RedirectUrl);

/// <param name="Lifetime">Null where the token has no end of its own.</param>
internal sealed record SignedInAccount(string ExternalId, string Name, OpenTokens Tokens, TimeSpan? Lifetime);
