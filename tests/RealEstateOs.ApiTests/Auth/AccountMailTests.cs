using Microsoft.Extensions.DependencyInjection;
using RealEstateOs.ApiTests.Communications;
using RealEstateOs.ApiTests.Fixture;
using RealEstateOs.Auth.Accounts;

namespace RealEstateOs.ApiTests.Auth;

/// <summary>Mails about an account come from the office, in its language and colours.</summary>
public sealed class AccountMailTests(Server server)
{
    [Theory]
    [InlineData("en", "ltr", "Welcome to Harbour Homes", "invites you to Harbour Homes")]
    [InlineData("ar-AE", "rtl", "مرحباً بك في Harbour Homes", "يدعوك إلى Harbour Homes")]
    public async Task An_invitation_and_a_welcome_are_the_office_s_own(string locale, string direction, string welcome, string invitation)
    {
        var office = await server.NewOfficeAsync("Harbour Homes");
        (await office.Admin.PatchAsync("/api/v1/organization", new { locale, primary_color = "#7a1f3d" })).Must(200);
        var email = $"ivy-{Guid.NewGuid():n}@example.com";
        (await office.Admin.PostAsync("/api/v1/users", new { email, first_name = "Ivy", last_name = "Invited" })).Must(201);
        var invited = await Outbox.ReadAsync(server, email, m => m.Subject!.Contains(invitation, StringComparison.Ordinal));
        Assert.Contains("&colour=7a1f3d", invited.TextBody, StringComparison.Ordinal);
        var host = (await office.Admin.GetAsync("/api/v1/auth/me")).Must(200).Text("full_name")!;
        Assert.Contains($"&host={Uri.EscapeDataString(host)}&", invited.TextBody, StringComparison.Ordinal);
        (await server.Anonymous.PostAsync("/api/v1/auth/password-reset-confirm",
            new { token = await AccountMail.TokenAsync(server, email, "set-password"), new_password = "Another-Secret-2026!" })).Must(204);
        var welcomed = await Outbox.ReadAsync(server, email, m => m.Subject == welcome);
        foreach (var mail in new[] { invited, welcomed })
        {
            Assert.Equal("Harbour Homes", mail.From.Mailboxes.Single().Name);
            Assert.Contains($"dir=\"{direction}\"", mail.HtmlBody, StringComparison.Ordinal);
            Assert.Contains("background:#7a1f3d", mail.HtmlBody, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("/api/v1/auth/password-reset-request", "ResetPassword")]
    [InlineData("/api/v1/auth/resend-verification", "VerifyEmail")]
    public async Task What_was_asked_for_is_written_down_before_the_answer_account_or_not(string path, string purpose)
    {
        var office = await server.NewOfficeAsync();
        foreach (var email in new[] { office.AdminEmail, $"nobody-{Guid.NewGuid():n}@example.com" })
        {
            (await server.Anonymous.PostAsync(path, new { email = email.ToUpperInvariant() })).Must(202);
            Assert.Equal(1, await server.CountAsync(
                "platform.jobs where kind = 'auth.requested_mail' and unique_key = $1", $"{purpose}:{email}"));
        }
    }

    [Fact]
    public async Task A_link_that_was_asked_for_is_mailed_once_however_often_its_job_runs()
    {
        var office = await server.NewOfficeAsync();
        var (_, _, email) = await office.NewUserAsync("agent");
        const string links = "auth.account_tokens where purpose = 'verify_email' and email = $1";
        Assert.Equal(1, await server.CountAsync(links, email));
        var asked = new MailRequest(email, TokenPurpose.VerifyEmail, TimeProvider.System.GetUtcNow());
        for (var run = 0; run < 2; run++)
        {
            await using var scope = server.Services.CreateAsyncScope();
            await ActivatorUtilities.CreateInstance<SendRequestedMail>(scope.ServiceProvider).RunAsync(asked, null!,
                TestContext.Current.CancellationToken);
            Assert.Equal(2, await server.CountAsync(links, email));
        }
    }
}
