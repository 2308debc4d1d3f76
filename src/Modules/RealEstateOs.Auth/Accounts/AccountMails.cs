using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using RealEstateOs.Contracts.Auth;
using RealEstateOs.Platform.Http;
using RealEstateOs.Platform.Messaging;
using RealEstateOs.Platform.Persistence;
using RealEstateOs.Platform.Rendering;
using RealEstateOs.Platform.Security;

namespace RealEstateOs.Auth.Accounts;

/// <summary>The mails about an account, each with a link that works once. Called inside the transaction that they belong to.</summary>
internal sealed class AccountMails(AuthDb db, Mailbox mailbox, PublicAddress address, IOrganizationDirectory organizations,
    IOptions<AuthOptions> options)
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
        await SendAsync(user, office, w, new(w.Say("invite", host, office.Name), w.Say("invite.lead", host, office.Name), w["password"],
            await LinkAsync(user, office, TokenPurpose.Invitation, lifetime, "set-password", ct, host),
            $"{w.Within(lifetime)} {w.Say("invite.end", host)}"), ct);
    }

    /// <summary>Confirms the address, and says welcome where this is the first time.</summary>
    public async Task ConfirmedAsync(User user, CancellationToken ct)
    {
        if (user.EmailVerifiedAt is not null) return;
        user.EmailVerifiedAt = db.Work.Clock.Now();
        var (office, w) = await OfficeAsync(ct);
        var (docs, calendar) = (address.Of("/docs"), address.Of("/api/v1/calendar/feed"));
        var (hello, end) = (w.Say("hello", user.FirstName), w.Say("welcome.calendar", calendar));
        var mail = new OfficeMail(office, w);
        await mailbox.PostAsync(mail.To(user.Email, user.FullName, w.Say("welcome", office.Name),
            $"{hello}\n\n{w["welcome.lead"]}\n\n{w["welcome.button"]}: {docs}\n\n{end}\n",
            Html.Of($"<p>{hello}</p><p>{w["welcome.lead"]}</p>{mail.Button(w["welcome.button"], docs)}<p>{end}</p>")) with
        {
            Reference = user.Reference, IsForAccount = true,
        }, ct);
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
    private async Task<string> LinkAsync(User user, OrganizationBrand office, TokenPurpose purpose, TimeSpan lifetime, string page,
        CancellationToken ct, string? host = null)
    {
        var (token, now) = (Secrets.NewToken(), db.Work.Clock.Now());
        await db.AccountTokens.Where(t => t.UserId == user.Id && t.Purpose == purpose && t.UsedAt == null).ExecuteUpdateAsync(
            t => t.SetProperty(x => x.UsedAt, now), ct);
        db.Add(new AccountToken { UserId = user.Id, Purpose = purpose, Email = user.Email, Hash = Secrets.Hash(token), CreatedAt = now,
            ExpiresAt = now + lifetime });
        await db.SaveChangesAsync(ct);
        // Behind the #, so that no server log and no Referer ever holds the secret.
        return address.Of(
            $"/account/{page}#token={token}&for={Uri.EscapeDataString(user.Email)}&office={Uri.EscapeDataString(office.Name)}"
            + (host is null ? "" : $"&host={Uri.EscapeDataString(host)}")
            + (office.PrimaryColor is null ? "" : $"&colour={BrandColours.Legible(office.PrimaryColor)[1..]}"));
    }

    /// <summary>In whose name, and in which language.</summary>
    private async Task<(OrganizationBrand Brand, AccountWords Words)> OfficeAsync(CancellationToken ct)
    {
        var office = await organizations.BrandAsync(ct);
        return (office, AccountWords.Of(office.Locale));
    }

    private Task<PostedMessage> SendAsync(User user, OrganizationBrand office, AccountWords w, Letter letter, CancellationToken ct)
    {
        var (hello, mail) = (w.Say("hello", user.FirstName), new OfficeMail(office, w));
        var html = Html.Of($"""
            <p>{hello}</p><p>{letter.Lead}</p>{mail.Button(letter.Button, letter.Link)}<p style="color:#5b6776">{letter.End}</p>
            """);
        return mailbox.PostAsync(mail.To(user.Email, user.FullName, letter.Subject,
            $"{hello}\n\n{letter.Lead}\n\n{letter.Link}\n\n{letter.End}\n", html) with
        {
            Reference = user.Reference, IsSecret = true, IsForAccount = true,
        }, ct);
    }

    /// <summary>What one of these mails says.</summary>
    private sealed record Letter(string Subject, string Lead, string Button, string Link, string End);
}
