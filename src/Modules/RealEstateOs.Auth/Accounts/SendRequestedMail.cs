using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using RealEstateOs.Auth.Sessions;
using RealEstateOs.Platform.Jobs;
using RealEstateOs.Platform.Persistence;

namespace RealEstateOs.Auth.Accounts;

/// <summary>What a stranger asked for: a link to whoever has this address.</summary>
internal sealed record MailRequest(string Email, TokenPurpose Purpose, DateTimeOffset AskedAt);

/// <summary>
/// The mails that strangers ask for. Whoever asks writes a job, account or not: neither the answer nor its time tells whether there was a
/// mail to send.
/// </summary>
internal sealed class SendRequestedMail(DataSources sources, TenantTransaction transaction) : IJobHandler<MailRequest>
{
    public const string Kind = "auth.requested_mail";

    public static Task AskAsync(JobQueue jobs, string email, TokenPurpose purpose, TimeProvider clock, CancellationToken ct)
    {
        var request = new MailRequest(Emails.Normalize(email), purpose, clock.Now());
        return jobs.EnqueueForInstallationAsync(Kind, request, ct, uniqueKey: $"{purpose}:{request.Email}");
    }

    public async Task<object?> RunAsync(MailRequest input, JobContext context, CancellationToken ct)
    {
        if (await Accounts.FindAsync(sources, input.Email, ct) is not { IsActive: true } account) return null;
        return await transaction.RunAsync<object?>(account.Organization, account.User, async services =>
        {
            var db = services.GetRequiredService<AuthDb>();
            // Link and mail commit together: where there is a link since, an attempt before this one got as far.
            if (await db.AccountTokens.AnyAsync(
                t => t.UserId == account.User && t.Purpose == input.Purpose && t.CreatedAt >= input.AskedAt, ct)) return null;
            var user = await db.Users.FirstAsync(u => u.Id == account.User, ct);
            var mails = services.GetRequiredService<AccountMails>();
            if (input.Purpose == TokenPurpose.ResetPassword) await mails.ResetAsync(user, ct);
            else if (user.EmailVerifiedAt is null) await mails.VerifyAsync(user, ct);
            return null;
        }, ct);
    }
}
