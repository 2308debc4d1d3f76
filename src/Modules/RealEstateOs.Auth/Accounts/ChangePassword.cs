using System.ComponentModel.DataAnnotations;
using FluentValidation;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using RealEstateOs.Auth.Sessions;
using RealEstateOs.Platform.Authorization;
using RealEstateOs.Platform.Http;
using RealEstateOs.Platform.Problems;

namespace RealEstateOs.Auth.Accounts;

/// <example>{"current_password": "Admin123!", "new_password": "Marina-Walk-27"}</example>
public sealed record ChangePasswordRequest : IRequestBody<ChangePasswordRequest>
{
    /// <summary>The password that holds until now.</summary>
    [MaxLength(256)] public string? CurrentPassword { get; init; }
    /// <summary>Another than the current one; what it must have, the 422 says rule by rule.</summary>
    [MaxLength(256)] public string? NewPassword { get; init; }
}

internal sealed class ChangePasswordValidator : AbstractValidator<ChangePasswordRequest>
{
    public ChangePasswordValidator(IOptions<AuthOptions> options)
    {
        RuleFor(r => r.CurrentPassword).NotEmpty();
        RuleFor(r => r.NewPassword).NotEmpty().MeetsPolicy(options.Value.Password);
        RuleFor(r => r.NewPassword).NotEqual(r => r.CurrentPassword).When(r => r.NewPassword is not null)
            .WithMessage("must differ from the current one");
    }
}

internal static class ChangePassword
{
    /// <summary>
    /// Sets a new password; every other session of the user ends. Wrong guesses of the current one count as failed sign-ins.
    /// </summary>
    public static async Task<NoContent> Handle(
        ChangePasswordRequest request, CurrentUser current, CredentialCheck check, Passwords passwords, SignInFailures failures,
        TenantTransaction transaction, CancellationToken ct)
    {
        var who = current.Principal;
        try
        {
            await check.PassAsync(who.Email, request.CurrentPassword!, _ => SignInOrigin.Of(who.SessionId), ct);
        }
        catch (Problem wrong) when (wrong.Code == ErrorCodes.InvalidCredentials)
        {
            throw Problem.Invalid(FieldError.Format("current_password", "is wrong"));
        }
        var hash = passwords.Hash(request.NewPassword!);
        await transaction.RunAsync(who.OrganizationId, who.UserId, async services =>
        {
            var db = services.GetRequiredService<AuthDb>();
            var user = await db.Users.FirstAsync(u => u.Id == who.UserId, ct);
            user.PasswordHash = hash;
            await db.UseUpLinksAsync(user.Id, ct);
            await services.GetRequiredService<SessionChanges>().EndAllAsync(user.Id, "password_changed", ct, except: who.SessionId);
            return true;
        }, ct);
        await failures.ForgetAllAsync(who.Email, ct);
        return TypedResults.NoContent();
    }
}
