using Microsoft.Extensions.DependencyInjection;
using RealEstateOs.ApiTests.Fixture;

namespace RealEstateOs.ApiTests.Auth;

public sealed class SignInTests(Server server)
{
    private const string Me = "/api/v1/auth/me", Login = "/api/v1/auth/login", Refresh = "/api/v1/auth/refresh";
    private const string NewPassword = "Another-Secret-2026!";

    [Fact]
    public async Task A_refresh_token_works_once_and_its_second_use_ends_the_session()
    {
        var office = await server.NewOfficeAsync();
        var first = (await server.Anonymous.PostAsync(Login, new { email = office.AdminEmail, password = Office.Password })).Must(200);
        var second = (await server.Anonymous.PostAsync(Refresh, new { refresh_token = first.Text("refresh_token") })).Must(200);
        (await server.Anonymous.PostAsync(Refresh, new { refresh_token = first.Text("refresh_token") })).Must(401);
        (await server.Anonymous.PostAsync(Refresh, new { refresh_token = second.Text("refresh_token") })).Must(401);
        (await new Actor(server.Client, second.Text("access_token")).GetAsync(Me)).Must(401);
        (await office.Admin.GetAsync(Me)).Must(200);
    }

    [Fact]
    public async Task A_client_whose_answer_was_lost_repeats_its_refresh_under_the_same_key_for_a_while()
    {
        var office = await server.NewOfficeAsync();
        Task<Answer> RefreshAsync(string? token, string key) =>
        server.Anonymous.PostAsync(Refresh, new { refresh_token = token }, ("Idempotency-Key", key));
        var first = (await server.Anonymous.PostAsync(Login, new { email = office.AdminEmail, password = Office.Password })).Must(200)
            .Text("refresh_token");
        var answers = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => RefreshAsync(first, "morning")));
        var second = Assert.Single(answers.Select(a => a.Must(200).Text("refresh_token")).Distinct());
        var third = (await RefreshAsync(second, "noon")).Must(200).Text("refresh_token");
        await server.ExecuteAsync("update auth.refresh_tokens set used_at = now() - interval '31 seconds' where id = (select max(id) "
            + "from auth.refresh_tokens where organization_id = $1 and used_at is not null)", office.OrganizationId);
        (await RefreshAsync(second, "noon")).Must(401);
        (await RefreshAsync(third, "evening")).Must(401);
    }

    [Theory]
    [InlineData("another key", false)]
    [InlineData("morning", true)]
    public async Task Whoever_repeats_a_refresh_otherwise_ends_the_session(string key, bool afterNextUse)
    {
        var office = await server.NewOfficeAsync();
        Task<Answer> RefreshAsync(string? token, string under) =>
        server.Anonymous.PostAsync(Refresh, new { refresh_token = token }, ("Idempotency-Key", under));
        var first = (await server.Anonymous.PostAsync(Login, new { email = office.AdminEmail, password = Office.Password })).Must(200)
            .Text("refresh_token");
        var next = (await RefreshAsync(first, "morning")).Must(200);
        if (afterNextUse) next = (await RefreshAsync(next.Text("refresh_token"), "noon")).Must(200);
        (await RefreshAsync(first, key)).Must(401);
        (await RefreshAsync(next.Text("refresh_token"), "noon")).Must(401);
        (await new Actor(server.Client, next.Text("access_token")).GetAsync(Me)).Must(401);
    }

    [Fact]
    public async Task A_form_of_the_password_grant_signs_in_as_swagger_ui_does()
    {
        var office = await server.NewOfficeAsync();
        Task<Answer> Send(params (string Name, string Value)[] fields) =>
            server.Anonymous.PostAsync("/api/v1/auth/token", new FormUrlEncodedContent(fields.ToDictionary(f => f.Name, f => f.Value)),
                ("Authorization", "Basic Og=="));
        var signedIn = (await Send(("grant_type", "password"), ("username", office.AdminEmail), ("password", Office.Password))).Must(200);
        Assert.Equal("bearer", signedIn.Text("token_type"));
        (await new Actor(server.Client, signedIn.Text("access_token")).GetAsync(Me)).Must(200);
        (await Send(("grant_type", "password"), ("username", office.AdminEmail), ("password", "Wrong-Password-1!"))).MustRefuse(401,
            "AUTH_001");
        Assert.Equal(["grant_type", "username", "password"], (await Send(("grant_type", "implicit"), ("username", ""))).MustNameFields());
        (await server.Anonymous.PostAsync("/api/v1/auth/token", new { grant_type = "password" })).Must(415);
        (await server.Anonymous.PutAsync(Login, new { })).Must(405);
    }

    [Fact]
    public async Task Of_many_refreshes_with_one_token_at_once_at_most_one_gets_through()
    {
        var office = await server.NewOfficeAsync();
        var token = (await server.Anonymous.PostAsync(Login, new { email = office.AdminEmail, password = Office.Password })).Must(200)
            .Text("refresh_token");
        var answers = await Task.WhenAll(
            Enumerable.Range(0, 8).Select(_ => server.Anonymous.PostAsync(Refresh, new { refresh_token = token })));
        Assert.Single(answers, a => a.Status == 200);
        Assert.Equal(7, answers.Count(a => a.Status == 401));
    }

    [Fact]
    public async Task The_refresh_token_may_stand_in_the_authorization_header()
    {
        var office = await server.NewOfficeAsync();
        var token = (await server.Anonymous.PostAsync(Login, new { email = office.AdminEmail, password = Office.Password })).Must(200)
            .Text("refresh_token");
        (await new Actor(server.Client, token).PostAsync(Refresh)).Must(200);
    }

    [Fact]
    public async Task Logging_out_ends_the_access_token_at_once()
    {
        var office = await server.NewOfficeAsync();
        var actor = await office.SignInAsync(office.AdminEmail);
        (await actor.GetAsync(Me)).Must(200);
        (await actor.PostAsync("/api/v1/auth/logout")).Must(204);
        (await actor.GetAsync(Me)).MustRefuse(401, "AUTH_004");
    }

    [Fact]
    public async Task Five_failures_lock_an_address_whether_it_has_an_account_or_not()
    {
        var office = await server.NewOfficeAsync();
        foreach (var email in new[] { office.AdminEmail, $"nobody-{Guid.NewGuid():n}@example.com" })
        {
            for (var i = 0; i < 5; i++)
                (await server.Anonymous.PostAsync(Login, new { email, password = "Wrong-Password-1!" })).MustRefuse(401, "AUTH_001");
            var locked = await server.Anonymous.PostAsync(Login, new { email, password = Office.Password });
            locked.MustRefuse(423, "AUTH_005");
            Assert.InRange(int.Parse(locked.Header("Retry-After")!, System.Globalization.CultureInfo.InvariantCulture), 1, 900);
        }
    }

    [Fact]
    public async Task A_stranger_locks_an_address_for_their_own_network_only()
    {
        var office = await server.NewOfficeAsync();
        Task<Answer> LoginFromAsync(string network, string password, string? device = null) =>
            server.Anonymous.PostAsync(Login, new { email = office.AdminEmail, password, device_token = device },
                ("X-Forwarded-For", network));
        for (var i = 0; i < 5; i++) (await LoginFromAsync("198.51.100.7", "Wrong-Password-1!")).MustRefuse(401, "AUTH_001");
        (await LoginFromAsync("198.51.100.7", Office.Password)).MustRefuse(423, "AUTH_005");
        (await LoginFromAsync("2001:db8:1:2:aaaa::1", Office.Password)).Must(200);
        for (var i = 0; i < 5; i++) (await LoginFromAsync($"2001:db8:1:2:bbbb::{i}", "Wrong-Password-1!")).MustRefuse(401, "AUTH_001");
        (await LoginFromAsync("2001:db8:1:2:cccc::1", Office.Password)).MustRefuse(423, "AUTH_005");
    }

    [Fact]
    public async Task A_known_device_gets_in_however_many_strangers_guess()
    {
        var (office, other) = (await server.NewOfficeAsync(), await server.NewOfficeAsync());
        Task<Answer> LoginFromAsync(string network, string password, string? device = null) =>
            server.Anonymous.PostAsync(Login, new { email = office.AdminEmail, password, device_token = device },
                ("X-Forwarded-For", network));
        var device = (await LoginFromAsync("203.0.113.1", Office.Password)).Must(200).Text("device_token");
        for (var i = 0; i < 50; i++) (await LoginFromAsync($"198.51.100.{i / 5}", $"Wrong-{i}-Guess!")).MustRefuse(401, "AUTH_001");
        (await LoginFromAsync("203.0.113.1", Office.Password)).MustRefuse(423, "AUTH_005");
        var foreign = (await server.Anonymous.PostAsync(Login, new { email = other.AdminEmail, password = Office.Password })).Must(200)
            .Text("device_token");
        (await LoginFromAsync("203.0.113.1", Office.Password, foreign)).MustRefuse(423, "AUTH_005");
        (await LoginFromAsync("198.51.100.0", Office.Password, device)).Must(200);
        for (var i = 0; i < 5; i++) (await LoginFromAsync("203.0.113.1", "Wrong-Password-1!", device)).MustRefuse(401, "AUTH_001");
        (await LoginFromAsync("203.0.113.1", Office.Password, device)).MustRefuse(423, "AUTH_005");
    }

    [Fact]
    public async Task A_new_password_from_an_administrator_lifts_the_lock()
    {
        var office = await server.NewOfficeAsync();
        var (_, id, email) = await office.NewUserAsync("agent");
        for (var i = 0; i < 5; i++) (await server.Anonymous.PostAsync(Login, new { email, password = "Wrong-Password-1!" })).Must(401);
        (await server.Anonymous.PostAsync(Login, new { email, password = Office.Password })).Must(423);
        (await office.Admin.PatchAsync($"/api/v1/users/{id}", new { password = NewPassword })).Must(200);
        await office.SignInAsync(email, NewPassword);
    }

    [Fact]
    public async Task Guesses_made_at_once_are_counted_one_by_one()
    {
        var office = await server.NewOfficeAsync();
        var answers = await Task.WhenAll(Enumerable.Range(0,
            20).Select(i => server.Anonymous.PostAsync(Login, new { email = office.AdminEmail, password = $"Wrong-{i}-Guess!" })));
        Assert.Equal(5, answers.Count(a => a.Status == 401));
        Assert.Equal(15, answers.Count(a => a.Status == 423));
    }

    [Fact]
    public async Task A_new_password_ends_the_other_sessions_and_keeps_this_one()
    {
        var office = await server.NewOfficeAsync();
        var other = await office.SignInAsync(office.AdminEmail);
        (await other.GetAsync(Me)).Must(200);
        var body = new { current_password = Office.Password, new_password = NewPassword };
        (await office.Admin.PostAsync("/api/v1/auth/change-password", body with { current_password = "Wrong-Password-1!" })).Must(422);
        (await office.Admin.PostAsync("/api/v1/auth/change-password", body)).Must(204);
        (await office.Admin.GetAsync(Me)).Must(200);
        (await other.GetAsync(Me)).Must(401);
        await office.SignInAsync(office.AdminEmail, NewPassword);
    }

    [Fact]
    public async Task A_reset_mail_sets_a_password_once_and_ends_all_sessions()
    {
        var office = await server.NewOfficeAsync();
        (await server.Anonymous.PostAsync("/api/v1/auth/password-reset-request", new { email = office.AdminEmail })).Must(202);
        var token = await TokenFromMailAsync(office.AdminEmail, "set-password");
        var body = new { token, new_password = NewPassword };
        (await server.Anonymous.PostAsync("/api/v1/auth/password-reset-confirm", body)).Must(204);
        (await server.Anonymous.PostAsync("/api/v1/auth/password-reset-confirm", body)).Must(422);
        (await office.Admin.GetAsync(Me)).Must(401);
        await office.SignInAsync(office.AdminEmail, NewPassword);
    }

    [Fact]
    public async Task The_mail_after_registering_confirms_the_address()
    {
        var office = await server.NewOfficeAsync();
        Assert.False((await office.Admin.GetAsync(Me)).Must(200).IsTrue("email_verified"));
        var token = await TokenFromMailAsync(office.AdminEmail, "verify-email");
        (await server.Anonymous.PostAsync("/api/v1/auth/password-reset-confirm", new { token, new_password = NewPassword })).Must(422);
        (await server.Anonymous.PostAsync("/api/v1/auth/verify-email", new { token })).Must(200);
        Assert.True((await office.Admin.GetAsync(Me)).Must(200).IsTrue("email_verified"));
        Assert.Equal(1, await server.CountAsync("platform.messages where recipient = $1 and subject like 'Welcome%'", office.AdminEmail));
        (await server.Anonymous.PostAsync("/api/v1/auth/verify-email", new { token })).Must(422);
    }

    [Fact]
    public async Task A_link_that_works_once_is_not_kept_once_its_mail_has_left()
    {
        var office = await server.NewOfficeAsync();
        var token = await TokenFromMailAsync(office.AdminEmail, "verify-email");
        await Eventually.UntilAsync(() => server.CountAsync("platform.messages where recipient = $1 and sent_at is not null",
            office.AdminEmail), sent => sent == 1);
        Assert.Equal(0, await server.CountAsync("platform.messages m where m.recipient = $1 and position($2 in m::text) > 0",
            office.AdminEmail, token));
        (await server.Anonymous.PostAsync("/api/v1/auth/verify-email", new { token })).Must(200);
    }

    [Fact]
    public async Task Sessions_and_links_that_are_long_over_are_deleted_and_no_others()
    {
        var office = await server.NewOfficeAsync();
        await office.SignInAsync(office.AdminEmail);
        Assert.Equal(2, await server.CountAsync("auth.sessions where organization_id = $1", office.OrganizationId));
        await server.ExecuteAsync("update auth.sessions set expires_at = now() - interval '31 days' where id = (select max(id) "
            + "from auth.sessions where organization_id = $1)", office.OrganizationId);
        await server.ExecuteAsync("update auth.account_tokens set expires_at = now() - interval '31 days' where organization_id = $1",
            office.OrganizationId);
        await ActivatorUtilities.CreateInstance<RealEstateOs.Auth.Sessions.CleanSessions>(server.Services).RunAsync(null!,
            TestContext.Current.CancellationToken);
        Assert.Equal(1, await server.CountAsync("auth.sessions where organization_id = $1", office.OrganizationId));
        Assert.Equal(0, await server.CountAsync("auth.account_tokens where organization_id = $1", office.OrganizationId));
        (await office.Admin.GetAsync(Me)).Must(200);
    }

    [Fact]
    public async Task Every_broken_rule_of_the_password_policy_is_named()
    {
        var answer = await server.Anonymous.PostAsync("/api/v1/auth/register", new { email = "not-an-address", password = "aaa" });
        var fields = answer.MustNameFields();
        Assert.Contains("email", fields);
        Assert.Equal(4, fields.Count(f => f == "password"));
    }

    [Fact]
    public async Task Signing_in_works_with_somebody_elses_token_in_the_header()
    {
        var (mine, theirs) = (await server.NewOfficeAsync(), await server.NewOfficeAsync());
        var answer = await theirs.Admin.PostAsync(Login, new { email = mine.AdminEmail, password = Office.Password });
        Assert.Equal(mine.OrganizationId, answer.Must(200).Long("organization.id"));
    }

    private Task<string> TokenFromMailAsync(string to, string page) => AccountMail.TokenAsync(server, to, page);
}
