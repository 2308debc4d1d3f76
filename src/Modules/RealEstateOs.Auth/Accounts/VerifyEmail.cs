using System.ComponentModel.DataAnnotations;
using FluentValidation;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using RealEstateOs.Auth.Sessions;
using RealEstateOs.Platform.Http;
using RealEstateOs.Platform.Jobs;
using RealEstateOs.Platform.Persistence;
using RealEstateOs.Platform.Security;

namespace RealEstateOs.Auth.Accounts;

public sealed record VerifyEmailRequest : IRequestBody<VerifyEmailRequest>
{
    /// <summary>From the link in the mail.</summary>
    [MaxLength(500)] public string? Token { get; init; }
}

internal sealed class VerifyEmailValidator : AbstractValidator<VerifyEmailRequest>
{
    public VerifyEmailValidator() => RuleFor(r => r.Token).NotEmpty();
}

internal static class VerifyEmail
{
    /// <summary>Confirms an address with the token that was mailed to it.</summary>
    public static async Task<Ok<MessageResponse>> Handle(VerifyEmailRequest request, DataSources sources, TenantTransaction transaction,
        CancellationToken ct)
    {
        var token = Secrets.Hash(request.Token!);
        if (await Accounts.ByAccountTokenAsync(sources, token, ct) is not { IsActive: true } account) throw OneTimeToken.Refused();
        return TypedResults.Ok(await transaction.RunAsync(account.Organization, account.User, async services =>
        {
            var db = services.GetRequiredService<AuthDb>();
            await db.UseAsync(token, ct, TokenPurpose.VerifyEmail);
            var user = await db.Users.FirstAsync(u => u.Id == account.User, ct);
            await services.GetRequiredService<AccountMails>().ConfirmedAsync(user, ct);
            await services.GetRequiredService<SessionChanges>().RefreshAsync(db.Users.Where(u => u.Id == user.Id).Select(u => u.Id), ct);
            await db.SaveChangesAsync(ct);
            return new MessageResponse("The address is confirmed.");
        }, ct));
    }

    /// <summary>
    /// Mails the link once more. Nothing happens unless the address has an account that is not confirmed yet. The answer never tells.
    /// </summary>
    public static async Task<Accepted<MessageResponse>> Resend(AddressRequest request, JobQueue jobs, TimeProvider clock,
        CancellationToken ct)
    {
        await SendRequestedMail.AskAsync(jobs, request.Email!, TokenPurpose.VerifyEmail, clock, ct);
        return TypedResults.Accepted((string?)null, new MessageResponse("If the address waits to be confirmed, a mail is on its way."));
    }
}
