using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using RealEstateOs.Auth.Accounts;
using RealEstateOs.Auth.Roles;
using RealEstateOs.Auth.Sessions;
using RealEstateOs.Contracts.Auth;
using RealEstateOs.Platform.Authorization;
using RealEstateOs.Platform.Persistence;

namespace RealEstateOs.Auth.Users;

internal static class UpdateUser
{
    /// <summary>Changes the members that are present. Roles and activity take effect at once, in running sessions too.</summary>
    public static async Task<Results<Ok<UserResponse>, NotFound>> Handle(
        UserId id, UpdateUserRequest request, AuthDb db, CurrentUser current, Passwords passwords, SessionChanges sessions,
        SignInFailures failures, AccountMails mails, TimeProvider clock, CancellationToken ct)
    {
        var hash = request.Password is { } password ? passwords.Hash(password) : null;
        await db.LockPeopleAsync(ct);
        var user = await db.Users.Include(u => u.Roles).ThenInclude(r => r.Role).FirstOrDefaultAsync(u => u.Id == id, ct);
        if (user is null) return TypedResults.NotFound();
        current.MustHold(user.Roles.SelectMany(r => r.Role.Permissions)); // nobody rules over somebody who may do more
        await db.MustKnowTeamAsync(request.TeamId, ct);
        var roles = await db.RolesOfAsync(request, ct);
        if (roles is not null) Assign(db, user, roles, current);
        var address = user.Email;
        user.Email = Emails.Normalize(request.Given(request.Email, user.Email)!);
        user.FirstName = request.Given(request.FirstName, user.FirstName)!.Trim();
        user.LastName = request.Given(request.LastName, user.LastName)!.Trim();
        user.Phone = request.Given(request.Phone, user.Phone);
        user.TeamId = request.Given(request.TeamId, user.TeamId);
        if (user.Email != address) user.EmailVerifiedAt = null;
        user.PasswordHash = hash ?? user.PasswordHash;
        var wasActive = user.IsActive;
        if (request.IsActive == false) user.Deactivate(clock.Now());
        if (request.IsActive == true) user.Activate();
        if (hash is not null || user.Email != address || user.IsActive != wasActive) await db.UseUpLinksAsync(id, ct);
        if (hash is not null) db.Work.AfterCommit(end => failures.ForgetAllAsync(user.Email, end));
        await db.SaveNewAddressAsync(user.Email, ct);
        await db.MustKeepAnAdminAsync(ct);
        if (!user.IsActive) await sessions.EndAllAsync(id, "deactivated", ct);
        else if (hash is not null) await sessions.EndAllAsync(id, "password_changed", ct, except: current.Principal.SessionId);
        if (user.Email != address) await mails.VerifyAsync(user, ct);
        await sessions.RefreshAsync(db.Users.Where(u => u.Id == id).Select(u => u.Id), ct);
        return TypedResults.Ok(await db.Users.AsNoTracking().Where(u => u.Id == id).Select(UserResponse.Projection).FirstAsync(ct));
    }

    private static void Assign(AuthDb db, User user, IReadOnlyList<Role> roles, CurrentUser current)
    {
        current.MustHold(roles.SelectMany(r => r.Permissions));
        foreach (var gone in user.Roles.Where(h => roles.All(r => r.Id != h.RoleId)).ToList()) db.Remove(gone);
        foreach (var role in roles.Where(r => user.Roles.All(h => h.RoleId != r.Id)))
            db.Add(new UserRole { UserId = user.Id, RoleId = role.Id });
        db.Entry(user).Property(u => u.UpdatedAt).IsModified = true; // the user's ETag moves with the roles
    }
}
