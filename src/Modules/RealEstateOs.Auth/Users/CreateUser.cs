using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using RealEstateOs.Auth.Accounts;
using RealEstateOs.Auth.Roles;
using RealEstateOs.Platform.Authorization;
using RealEstateOs.Platform.Persistence;

namespace RealEstateOs.Auth.Users;

internal static class CreateUser
{
    /// <summary>Adds a person, as an agent unless the body names a role. Without a password an invitation is mailed.</summary>
    public static async Task<Created<UserResponse>> Handle(
        CreateUserRequest request, AuthDb db, CurrentUser current, Passwords passwords, AccountMails mails, TimeProvider clock,
        CancellationToken ct)
    {
        var roles = await db.RolesOfAsync(request, ct)
            ?? [await db.Roles.FirstAsync(r => r.IsSystem && r.Name == DefaultRoleSet.Agent, ct)];
        current.MustHold(roles.SelectMany(r => r.Permissions));
        await db.MustKnowTeamAsync(request.TeamId, ct);
        var user = new User
        {
            Email = Emails.Normalize(request.Email!), FirstName = request.FirstName!.Trim(), LastName = request.LastName!.Trim(),
            Phone = request.Phone,
            TeamId = request.TeamId ?? current.Principal.TeamId,
            PasswordHash = request.Password is { } password ? passwords.Hash(password) : null,
        };
        if (request.IsActive == false) user.Deactivate(clock.Now());
        db.Add(user);
        await db.SaveNewAddressAsync(user.Email, ct);
        db.AddRange(roles.Select(r => new UserRole { UserId = user.Id, RoleId = r.Id }));
        await db.SaveChangesAsync(ct);
        if (user.PasswordHash is null) await mails.InviteAsync(user, current.Principal.FullName, ct);
        else await mails.VerifyAsync(user, ct);
        var answer = await db.Users.AsNoTracking().Where(u => u.Id == user.Id).Select(UserResponse.Projection).FirstAsync(ct);
        return TypedResults.Created($"/api/v1/users/{user.Id.Value}", answer);
    }

    /// <summary>Saves; an address that has an account anywhere is a conflict.</summary>
    public static async Task SaveNewAddressAsync(this AuthDb db, string email, CancellationToken ct)
    {
        try
        {
            await db.SaveChangesAsync(ct);
        }
        catch (DbUpdateException e)
            when (e.InnerException is PostgresException { SqlState: PostgresErrorCodes.UniqueViolation, ConstraintName: "users_by_email" })
        {
            throw Register.Taken(email);
        }
    }
}
