using RealEstateOs.Contracts.Auth;

namespace RealEstateOs.Platform.Authorization;

/// <summary>Who asks: read from the session once per request, at the door.</summary>
public sealed record Principal(
    UserId UserId, OrganizationId OrganizationId, TeamId? TeamId, long SessionId, string Email, string FullName,
    IReadOnlyList<string> Roles, IReadOnlyList<string> Permissions, string Plan, int TeamMembers, bool EmailVerified = false)
{
    /// <summary>
    /// Set where an API key asks. It is no user: for limits and repeated requests its own number stands in <see cref="UserId"/>, negative,
    /// as no user's is, and what it enters nobody has entered.
    /// </summary>
    public ApiKeyPass? Key { get; init; }

    public Reach ReachOf(string permission) =>
        Permissions.Contains(permission) ? Reach.All
            : Permissions.Contains(permission + Authorization.Permissions.OwnSuffix) ? Reach.Own : Reach.None;
}

/// <summary>The signed-in user of this scope; absent in anonymous requests and background work.</summary>
public sealed class CurrentUser
{
    private Principal? principal;

    public Principal Principal => principal ?? throw new InvalidOperationException("Nobody is signed in here.");

    public bool IsSignedIn => principal is not null;

    public UserId Id => Principal.UserId;

    /// <summary>The API key that asks instead of a user.</summary>
    public ApiKeyPass? Key => principal?.Key;

    public OrganizationId OrganizationId => Principal.OrganizationId;

    public void SignIn(Principal who) => principal = who;

    /// <summary>
    /// Lets work in the background (a report, a calendar feed) see what its user may see by now: nothing, once they were deactivated.
    /// </summary>
    public async Task ActForAsync(UserId? user, ISessionDirectory sessions, CancellationToken ct) =>
        principal = user is { } id ? await sessions.FindUserAsync(id, ct) : null;

    public Reach ReachOf(string permission) => principal?.ReachOf(permission) ?? Reach.None;

    /// <summary>May the user do this, to any record or at least to own ones?</summary>
    public bool May(string permission) => ReachOf(permission) != Reach.None;

    /// <summary>
    /// Whose a record is that the user enters without saying whose: their own. Who administers the organization enters for the office,
    /// which has it dealt out: forms and programs use such an account.
    /// </summary>
    public UserId? EntersFor => principal is { } who && !who.Permissions.Contains("organization:manage") ? who.UserId : null;

    /// <summary>Is the user limited to own records for this permission?</summary>
    public bool OnlyOwn(string permission) => ReachOf(permission) == Reach.Own;
}

public static class Permissions
{
    /// <summary>Limits a permission to records assigned to the user: <c>leads:read:own</c>.</summary>
    public const string OwnSuffix = ":own";
}
