using RealEstateOs.ApiTests.Fixture;

namespace RealEstateOs.ApiTests.Auth;

/// <summary>A mailed link ends with whatever changes how its account signs in.</summary>
public sealed class MailedLinkTests(Server server)
{
    private const string Confirm = "/api/v1/auth/password-reset-confirm", NewPassword = "Another-Secret-2026!";

    [Fact]
    public async Task An_invitation_is_worth_nothing_once_the_password_was_set_otherwise()
    {
        var office = await server.NewOfficeAsync();
        var email = $"invited-{Guid.NewGuid():n}@example.com";
        (await office.Admin.PostAsync("/api/v1/users", new { email, first_name = "Ivy", last_name = "Invited" })).Must(201);
        var invitation = await AccountMail.TokenAsync(server, email, "set-password");
        (await server.Anonymous.PostAsync("/api/v1/auth/password-reset-request", new { email })).Must(202);
        var reset = await AccountMail.TokenAsync(server, email, "set-password", except: invitation);
        (await server.Anonymous.PostAsync(Confirm, new { token = reset, new_password = NewPassword })).Must(204);
        (await server.Anonymous.PostAsync(Confirm, new { token = invitation, new_password = "Stolen-Secret-2026!" })).MustRefuse(
            422, "VAL_002");
        await office.SignInAsync(email, NewPassword);
    }

    [Fact]
    public async Task A_reset_link_is_worth_nothing_once_its_owner_changed_the_password()
    {
        var office = await server.NewOfficeAsync();
        var token = await ResetTokenAsync(office.AdminEmail);
        (await office.Admin.PostAsync("/api/v1/auth/change-password",
            new { current_password = Office.Password, new_password = NewPassword })).Must(204);
        (await server.Anonymous.PostAsync(Confirm, new { token, new_password = "Stolen-Secret-2026!" })).MustRefuse(422, "VAL_002");
        await office.SignInAsync(office.AdminEmail, NewPassword);
    }

    [Fact]
    public async Task A_link_counts_for_the_address_that_it_was_mailed_to()
    {
        var office = await server.NewOfficeAsync();
        var (_, id, email) = await office.NewUserAsync("agent");
        var token = await ResetTokenAsync(email);
        var verification = await AccountMail.TokenAsync(server, email, "verify-email");
        var now = $"new-{Guid.NewGuid():n}@example.com";
        (await office.Admin.PatchAsync($"/api/v1/users/{id}", new { email = now })).Must(200);
        (await server.Anonymous.PostAsync(Confirm, new { token, new_password = NewPassword })).MustRefuse(422, "VAL_002");
        (await server.Anonymous.PostAsync("/api/v1/auth/verify-email", new { token = verification })).MustRefuse(422, "VAL_002");
        Assert.False((await office.Admin.GetAsync($"/api/v1/users/{id}")).Must(200).IsTrue("email_verified"));
        (await server.Anonymous.PostAsync("/api/v1/auth/verify-email",
            new { token = await AccountMail.TokenAsync(server, now, "verify-email") })).Must(200);
    }

    [Theory]
    [InlineData("password")]
    [InlineData("activity")]
    [InlineData("deletion")]
    public async Task Whatever_an_administrator_changes_of_the_sign_in_ends_the_links(string what)
    {
        var office = await server.NewOfficeAsync();
        var (_, id, email) = await office.NewUserAsync("agent");
        var token = await ResetTokenAsync(email);
        if (what == "password") (await office.Admin.PatchAsync($"/api/v1/users/{id}", new { password = NewPassword })).Must(200);
        else if (what == "activity") (await office.Admin.PatchAsync($"/api/v1/users/{id}", new { is_active = false })).Must(200);
        else (await office.Admin.DeleteAsync($"/api/v1/users/{id}")).Must(204);
        if (what != "password") (await office.Admin.PatchAsync($"/api/v1/users/{id}", new { is_active = true })).Must(200);
        (await server.Anonymous.PostAsync(Confirm, new { token, new_password = "Stolen-Secret-2026!" })).MustRefuse(422, "VAL_002");
    }

    private async Task<string> ResetTokenAsync(string email)
    {
        (await server.Anonymous.PostAsync("/api/v1/auth/password-reset-request", new { email })).Must(202);
        return await AccountMail.TokenAsync(server, email, "set-password");
    }
}
