namespace RealEstateOs.Contracts.Auth;

/// <summary>Signs in a person who sits before a page of ours, with the same checks, delays and locks as the API's login.</summary>
public interface IPageSignIn
{
    /// <summary>Answers the session; refuses as the API's login does.</summary>
    Task<long> SignInAsync(string email, string password, CancellationToken ct);

    /// <summary>Ends the session: whoever has a copy of its cookie has nothing.</summary>
    Task SignOutAsync(OrganizationId organization, UserId user, long session, CancellationToken ct);
}
