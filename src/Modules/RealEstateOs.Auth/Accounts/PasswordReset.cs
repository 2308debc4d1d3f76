using System.ComponentModel.DataAnnotations;
using FluentValidation;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using RealEstateOs.Auth.Sessions;
using RealEstateOs.Contracts.Auth;
using RealEstateOs.Platform.Contacts;
using RealEstateOs.Platform.Http;
using RealEstateOs.Platform.Jobs;
using RealEstateOs.Platform.Persistence;
using RealEstateOs.Platform.Problems;
using RealEstateOs.Platform.Security;

namespace RealEstateOs.Auth.Accounts;

/// <example>{"email": "mike@acme-realestate.com"}</example>
public sealed record AddressRequest : IRequestBody<AddressRequest>
{
    /// <summary>The account's address. The answer is the same whether there is an account or not.</summary>
    [MaxLength(254)] public string? Email { get; init; }
}

public sealed record ConfirmResetRequest : IRequestBody<ConfirmResetRequest>
{
    /// <summary>From the link in the mail; it works once.</summary>
    [MaxLength(500)] public string? Token { get; init; }
    /// <summary>What it must have, the 422 says rule by rule; <c>password</c> is the same member.</summary>
    [Alias("password")] [MaxLength(256)] public string? NewPassword { get; init; }
}

/// <param name="Message">What happens now, as a sentence for people.</param>
public sealed record MessageResponse(string Message);

internal sealed class AddressValidator : AbstractValidator<AddressRequest>
{
    public AddressValidator() => RuleFor(r => r.Email).NotEmpty().IsEmailAddress();
}

internal sealed class ConfirmResetValidator : AbstractValidator<ConfirmResetRequest>
{
    public ConfirmResetValidator(IOptions<AuthOptions> options)
    {
        RuleFor(r => r.Token).NotEmpty();
        RuleFor(r => r.NewPassword).NotEmpty().MeetsPolicy(options.Value.Password);
    }
}

internal static class PasswordReset
{
    /// <summary>Mails a link to choose a new password, if the address has an account. The answer never tells whether it has.</summary>
    public static async Task<Accepted<MessageResponse>> Request(AddressRequest request, JobQueue jobs, TimeProvider clock,
        CancellationToken ct)
    {
        await SendRequestedMail.AskAsync(jobs, request.Email!, TokenPurpose.ResetPassword, clock, ct);
        return TypedResults.Accepted((string?)null, new MessageResponse("If the address has an account, a mail is on its way."));
    }

    /// <summary>Sets a new password with the token of a reset or an invitation mail. All sessions of the account end.</summary>
    public static async Task<NoContent> Confirm(
        ConfirmResetRequest request, DataSources sources, Passwords passwords, SignInFailures failures, TenantTransaction transaction,
        CancellationToken ct)
    {
        var token = Secrets.Hash(request.Token!);
        if (await Accounts.ByAccountTokenAsync(sources, token, ct) is not { IsActive: true } account) throw OneTimeToken.Refused();
        var hash = passwords.Hash(request.NewPassword!);
        var email = await transaction.RunAsync(account.Organization, account.User, async services =>
        {
            var db = services.GetRequiredService<AuthDb>();
            await db.UseAsync(token, ct, TokenPurpose.ResetPassword, TokenPurpose.Invitation);
            var user = await db.Users.FirstAsync(u => u.Id == account.User, ct);
            user.PasswordHash = hash;
            await db.UseUpLinksAsync(user.Id, ct);
            await services.GetRequiredService<AccountMails>().ConfirmedAsync(user, ct); // the mail has reached its reader
            await services.GetRequiredService<SessionChanges>().EndAllAsync(user.Id, "password_reset", ct);
            return user.Email;
        }, ct);
        await failures.ForgetAllAsync(email, ct);
        return TypedResults.NoContent();
    }
}

internal static class OneTimeToken
{
    /// <summary>Uses a token up; of two requests with the same one, one gets through.</summary>
    public static async Task UseAsync(this AuthDb db, byte[] hash, CancellationToken ct, params TokenPurpose[] purposes)
    {
        var now = db.Work.Clock.Now();
        var used = await db.AccountTokens.Where(
            t => t.Hash == hash && purposes.Contains(t.Purpose) && t.UsedAt == null && t.ExpiresAt > now)
            .Where(t => db.Users.Any(u => u.Id == t.UserId && u.IsActive && u.Email == t.Email)).ExecuteUpdateAsync(
                t => t.SetProperty(x => x.UsedAt, now), ct);
        if (used != 1) throw Refused();
    }

    /// <summary>
    /// Whatever changes how somebody signs in (password, address, activity) makes all links worthless that are on their way.
    /// </summary>
    public static async Task UseUpLinksAsync(this AuthDb db, UserId user, CancellationToken ct)
    {
        var now = db.Work.Clock.Now();
        await db.AccountTokens.Where(t => t.UserId == user && t.UsedAt == null).ExecuteUpdateAsync(
            t => t.SetProperty(x => x.UsedAt, now), ct);
    }

    public static Problem Refused() => Problem.Invalid(FieldError.Format("token", "is not valid, was used before, or has expired"));
}
