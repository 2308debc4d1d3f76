using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using RealEstateOs.Auth.Users;
using RealEstateOs.Platform.Http;
using RealEstateOs.Platform.Messaging;
using RealEstateOs.Platform.Persistence;
using RealEstateOs.Platform.Security;

namespace RealEstateOs.Auth.Accounts;

/// <summary>The mails about an account, each with a link that works once. Called inside the transaction that they belong to.</summary>
internal sealed class AccountMails(AuthDb db, Mailbox mailbox, PublicAddress address, IOptions<AuthOptions> options)
{
    private static readonly TimeSpan Pause = TimeSpan.FromMinutes(1);

    public async Task VerifyAsync(User user, CancellationToken ct)
    {
        var link = await LinkAsync(user, TokenPurpose.VerifyEmail, options.Value.VerificationTokenLifetime, "verify-email", ct);
        await SendAsync(user, "Confirm your e-mail address", "please confirm that this address is yours:", link,
            "If you did not ask for this, ignore this mail.", ct);
    }

    public async Task InviteAsync(User user, string host, CancellationToken ct)
    {
        var link = await LinkAsync(user, TokenPurpose.Invitation, options.Value.InvitationLifetime, "set-password", ct);
        await SendAsync(user, $"{host} invites you to Real Estate OS", $"{host} has made an account for you. Choose your password here:",
            link, "The link is good for one use.", ct);
    }

    /// <summary>Confirms the address, and says welcome where this is the first time.</summary>
    public async Task ConfirmedAsync(User user, CancellationToken ct)
    {
        if (user.EmailVerifiedAt is not null) return;
        user.EmailVerifiedAt = db.Work.Clock.Now();
        var text = $"""
            Hello {user.FirstName},

            welcome to Real Estate OS. Your address is confirmed, and you can sign in with it.

            The API and all it can do:   {address.Of("/docs")}
            Your day, in your calendar:  POST {address.Of("/api/v1/calendar/feed")}
            """;
        await mailbox.PostAsync(new Mail(user.Email, "Welcome to Real Estate OS", text) { ToName = user.FullName,
            Reference = user.Reference, IsForAccount = true }, ct);
    }

    /// <summary>At most one a minute, so that nobody can flood somebody else's mailbox.</summary>
    public async Task ResetAsync(User user, CancellationToken ct)
    {
        var since = db.Work.Clock.Now() - Pause;
        if (await db.AccountTokens.AnyAsync(t => t.UserId == user.Id && t.Purpose == TokenPurpose.ResetPassword && t.CreatedAt > since, ct))
            return;
        var link = await LinkAsync(user, TokenPurpose.ResetPassword, options.Value.ResetTokenLifetime, "set-password", ct);
        await SendAsync(user, "Reset your password", "somebody asked to reset the password of this account. Choose a new one here:", link,
            "If that was not you, ignore this mail: your password stays as it is.", ct);
    }

    /// <summary>A newer link makes the older ones of its kind worthless.</summary>
    private async Task<string> LinkAsync(User user, TokenPurpose purpose, TimeSpan lifetime, string page, CancellationToken ct)
    {
        var (token, now) = (Secrets.NewToken(), db.Work.Clock.Now());
        await db.AccountTokens.Where(t => t.UserId == user.Id && t.Purpose == purpose && t.UsedAt == null).ExecuteUpdateAsync(
            t => t.SetProperty(x => x.UsedAt, now), ct);
        db.Add(new AccountToken { UserId = user.Id, Purpose = purpose, Email = user.Email, Hash = Secrets.Hash(token), CreatedAt = now,
            ExpiresAt = now + lifetime });
        await db.SaveChangesAsync(ct);
        // Behind the #, so that no server log and no Referer ever holds the secret.
        return address.Of($"/account/{page}#token={token}");
    }

    private Task<PostedMessage> SendAsync(User user, string subject, string lead, string link, string end, CancellationToken ct)
    {
        var text = $"Hello {user.FirstName},\n\n{lead}\n\n{link}\n\n{end}\n";
        var html = $"<p>Hello {WebUtility.HtmlEncode(user.FirstName)},</p><p>{WebUtility.HtmlEncode(lead)}</p><p><a href=\"{link}\">{link}</a></p><p>{WebUtility.HtmlEncode(end)}</p>";
        return mailbox.PostAsync(new Mail(user.Email, subject, text) { ToName = user.FullName, Html = html, Reference = user.Reference,
            IsSecret = true, IsForAccount = true }, ct);
    }
}
