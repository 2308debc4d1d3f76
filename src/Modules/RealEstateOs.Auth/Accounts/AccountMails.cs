using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using RealEstateOs.Auth.Users;
using RealEstateOs.Platform.Http;
using RealEstateOs.Platform.Messaging;
using RealEstateOs.Platform.Persistence;
using RealEstateOs.Platform.Rendering;
using RealEstateOs.Platform.Security;

namespace RealEstateOs.Auth.Accounts;

/// <summary>The mails about an account, each with a link that works once. Called inside the transaction that they belong to.</summary>
internal sealed class AccountMails(AuthDb db, Mailbox mailbox, PublicAddress address, IOptions<AuthOptions> options)
{
    private static readonly TimeSpan Pause = TimeSpan.FromMinutes(1);

    public async Task VerifyAsync(User user, CancellationToken ct)
    {
        var (office, w) = await OfficeAsync(ct);
        var lifetime = options.Value.VerificationTokenLifetime;
        await SendAsync(user, office, w, new(w["verify"], w["verify.lead"], w["verify.button"],
            await LinkAsync(user, office, TokenPurpose.VerifyEmail, lifetime, "verify-email", ct),
            $"{w.Within(lifetime)} {w["verify.end"]}"), ct);
    }

    public async Task InviteAsync(User user, string host, CancellationToken ct)
    {
        var (office, w) = await OfficeAsync(ct);
        var lifetime = options.Value.InvitationLifetime;
        await SendAsync(user, office, w, new(w.Say("invite", host, office), w.Say("invite.lead", host, office), w["password"],
            await LinkAsync(user, office, TokenPurpose.Invitation, lifetime, "set-password", ct),
            $"{w.Within(lifetime)} {w.Say("invite.end", host)}"), ct);
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
        var (office, w) = await OfficeAsync(ct);
        var lifetime = options.Value.ResetTokenLifetime;
        await SendAsync(user, office, w, new(w["reset"], w["reset.lead"], w["password"],
            await LinkAsync(user, office, TokenPurpose.ResetPassword, lifetime, "set-password", ct),
            $"{w.Within(lifetime)} {w["reset.end"]}"), ct);
    }

    /// <summary>A newer link makes the older ones of its kind worthless.</summary>
    private async Task<string> LinkAsync(User user, string office, TokenPurpose purpose, TimeSpan lifetime, string page,
        CancellationToken ct)
    {
        var (token, now) = (Secrets.NewToken(), db.Work.Clock.Now());
        await db.AccountTokens.Where(t => t.UserId == user.Id && t.Purpose == purpose && t.UsedAt == null).ExecuteUpdateAsync(
            t => t.SetProperty(x => x.UsedAt, now), ct);
        db.Add(new AccountToken { UserId = user.Id, Purpose = purpose, Email = user.Email, Hash = Secrets.Hash(token), CreatedAt = now,
            ExpiresAt = now + lifetime });
        await db.SaveChangesAsync(ct);
        // Behind the #, so that no server log and no Referer ever holds the secret.
        return address.Of(
            $"/account/{page}#token={token}&for={Uri.EscapeDataString(user.Email)}&office={Uri.EscapeDataString(office)}");
    }

    /// <summary>In whose name, and in which language.</summary>
    private async Task<(string Name, AccountWords Words)> OfficeAsync(CancellationToken ct)
    {
        var office = await db.Organizations.AsNoTracking().Select(o => new { o.Name, o.Locale }).FirstAsync(ct);
        return (office.Name, AccountWords.Of(office.Locale));
    }

    private Task<PostedMessage> SendAsync(User user, string office, AccountWords w, Letter letter, CancellationToken ct)
    {
        var hello = w.Say("hello", user.FirstName);
        var html = Html.Of($"""
            <div lang="{w.Language}" dir="{w.Direction}" style="font:16px/1.5 sans-serif;max-width:32rem;margin:0 auto">
            <p style="color:#5b6776"><bdi>{office}</bdi></p><p>{hello}</p><p>{letter.Lead}</p>
            <p style="margin:1.5rem 0"><a href="{letter.Link}" style="background:#1d4ed8;color:#ffffff;text-decoration:none;
            padding:12px 22px;border-radius:6px;display:inline-block">{letter.Button}</a></p><p style="color:#5b6776">{letter.End}</p></div>
            """).ToString();
        return mailbox.PostAsync(new Mail(user.Email, letter.Subject, $"{hello}\n\n{letter.Lead}\n\n{letter.Link}\n\n{letter.End}\n")
        {
            ToName = user.FullName, Html = html, Reference = user.Reference, IsSecret = true, IsForAccount = true,
        }, ct);
    }

    /// <summary>What one of these mails says.</summary>
    private sealed record Letter(string Subject, string Lead, string Button, string Link, string End);
}
