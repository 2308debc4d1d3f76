using RealEstateOs.ApiTests.Fixture;
using RealEstateOs.ApiTests.Leads;

namespace RealEstateOs.ApiTests.Auth;

public sealed class PeopleTests(Server server)
{
    private const string Users = "/api/v1/users", Roles = "/api/v1/roles";

    [Fact]
    public async Task The_last_administrator_stays()
    {
        var office = await server.NewOfficeAsync();
        (await office.Admin.DeleteAsync($"{Users}/{office.AdminId}")).MustRefuse(409, "RES_003");
        (await office.Admin.PatchAsync($"{Users}/{office.AdminId}", new { role = "viewer" })).MustRefuse(409, "RES_003");
        (await office.Admin.PatchAsync($"{Users}/{office.AdminId}", new { is_active = false })).MustRefuse(409, "RES_003");
        (await office.Admin.GetAsync(Users)).Must(200);
    }

    [Fact]
    public async Task A_role_change_is_felt_in_the_running_session()
    {
        var office = await server.NewOfficeAsync();
        var (agent, id, _) = await office.NewUserAsync("agent");
        (await agent.PostAsync("/api/v1/properties", Samples.Property())).Must(201);
        (await office.Admin.PatchAsync($"{Users}/{id}", new { role = "viewer" })).Must(200);
        (await agent.PostAsync("/api/v1/properties", Samples.Property())).MustRefuse(403, "AUTH_003");
        (await agent.GetAsync("/api/v1/properties")).Must(200);
    }

    [Fact]
    public async Task A_changed_role_is_felt_by_all_who_have_it()
    {
        var office = await server.NewOfficeAsync();
        var role = (await office.Admin.PostAsync(Roles,
            new { name = "lister", permissions = new[] { "properties:read", "properties:create" } })).Must(201).Id();
        var (lister, _, _) = await office.NewUserAsync("lister");
        (await lister.PostAsync("/api/v1/properties", Samples.Property())).Must(201);
        (await office.Admin.PutAsync($"{Roles}/{role}", new { permissions = new[] { "properties:read" } })).Must(200);
        (await lister.PostAsync("/api/v1/properties", Samples.Property())).MustRefuse(403, "AUTH_003");
        (await office.Admin.DeleteAsync($"{Roles}/{role}")).MustRefuse(409, "RES_003");
    }

    [Fact]
    public async Task A_deactivated_person_is_out_at_once_and_may_come_back()
    {
        var office = await server.NewOfficeAsync();
        var (agent, id, email) = await office.NewUserAsync("agent");
        (await agent.GetAsync("/api/v1/auth/me")).Must(200);
        (await office.Admin.DeleteAsync($"{Users}/{id}")).Must(204);
        (await agent.GetAsync("/api/v1/auth/me")).Must(401);
        (await server.Anonymous.PostAsync("/api/v1/auth/login", new { email, password = Office.Password })).MustRefuse(401, "AUTH_001");
        (await office.Admin.PatchAsync($"{Users}/{id}", new { is_active = true })).Must(200);
        await office.SignInAsync(email);
    }

    [Fact]
    public async Task Nobody_gives_more_than_they_have()
    {
        var office = await server.NewOfficeAsync();
        (await office.Admin.PostAsync(Roles,
            new { name = "staffing", permissions = new[] { "users:read", "users:manage", "roles:manage", "properties:read:own" } })).Must(
                201);
        var (staffing, id, _) = await office.NewUserAsync("staffing");
        (await staffing.PatchAsync($"{Users}/{id}", new { role = "admin" })).MustRefuse(403, "AUTH_003");
        (await staffing.PatchAsync($"{Users}/{office.AdminId}", new { password = "Taken-Over-2026!" })).MustRefuse(403, "AUTH_003");
        (await staffing.PostAsync(Roles, new { name = "wider", permissions = new[] { "properties:read" } })).MustRefuse(403, "AUTH_003");
        (await staffing.PostAsync(Roles, new { name = "same", permissions = new[] { "properties:read:own" } })).Must(201);
    }

    [Fact]
    public async Task Default_roles_stay_and_the_administrators_keeps_its_keys()
    {
        var office = await server.NewOfficeAsync();
        var admin = (await office.Admin.GetAsync($"{Roles}?name=admin")).Must(200).Items().Single().Id();
        (await office.Admin.DeleteAsync($"{Roles}/{admin}")).MustRefuse(409, "RES_003");
        (await office.Admin.PutAsync($"{Roles}/{admin}", new { permissions = new[] { "properties:read" } })).MustRefuse(409, "RES_003");
        (await office.Admin.PutAsync($"{Roles}/{admin}", new { name = "boss" })).MustRefuse(409, "RES_003");
    }

    [Fact]
    public async Task What_the_administrators_role_has_lost_an_administrator_can_give_back()
    {
        var office = await server.NewOfficeAsync();
        var role = (await office.Admin.GetAsync($"{Roles}?name=admin")).Must(200).Items().Single();
        string[] all = [.. role.At("permissions").EnumerateArray().Select(p => p.GetString()!)];
        (await office.Admin.PatchAsync($"{Roles}/{role.Id()}",
            new { permissions = all.Except(["organization:manage", "webhooks:manage", "leads:read"]) })).Must(200);
        (await office.Admin.GetAsync("/api/v1/leads")).MustRefuse(403, "AUTH_003");
        (await office.Admin.PatchAsync($"{Roles}/{role.Id()}", new { permissions = all })).Must(200);
        (await office.Admin.GetAsync("/api/v1/leads")).Must(200);
    }

    [Fact]
    public async Task A_name_is_one_line()
    {
        var office = await server.NewOfficeAsync();
        (await office.Admin.PatchAsync($"{Users}/{office.AdminId}", new { first_name = "Ada\r\nBcc: all@example.com" })).MustRefuse(
            422, "VAL_002");
        Assert.Equal(["locale"], (await office.Admin.PatchAsync("/api/v1/organization", new { locale = "en\n" })).MustNameFields());
        Assert.Equal(["name"], (await office.Admin.PatchAsync("/api/v1/organization", new { name = "Acme\nHomes" })).MustNameFields());
        var lead = (await office.Admin.PostAsync("/api/v1/leads", new { first_name = "Lea", last_name = "Lead" })).Must(201).Id();
        Assert.Equal(["file_path"],
            (await office.Admin.PostAsync($"/api/v1/leads/{lead}/documents",
                new { title = "Passport", file_path = "javascript:alert(1)" })).MustNameFields());
    }

    [Fact]
    public async Task A_deactivated_persons_stream_ends_at_once_and_a_demoted_ones_tells_no_more()
    {
        var office = await server.NewOfficeAsync();
        var (leaver, leaverId, _) = await office.NewUserAsync("agent");
        var (demoted, demotedId, _) = await office.NewUserAsync("agent");
        var reader = (await office.Admin.PostAsync(Roles, new { name = "leads only", permissions = new[] { "leads:read" } })).Must(201)
            .Id();
        using var first = await leaver.OpenAsync("/api/v1/sse/stream");
        using var second = await demoted.OpenAsync("/api/v1/sse/stream");
        using var lines = new StreamReader(await second.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken));
        var seen = await office.NewPropertyAsync();
        await UntilAsync(lines, $"\"property_id\":{seen}");
        (await office.Admin.DeleteAsync($"{Users}/{leaverId}")).Must(204);
        (await office.Admin.PatchAsync($"{Users}/{demotedId}", new { role_ids = new[] { reader } })).Must(200);
        await office.NewPropertyAsync();
        var lead = (await office.NewLeadAsync()).Id();
        var all = await first.Content.ReadAsStringAsync(TestContext.Current.CancellationToken).WaitAsync(Eventually.Patience,
            TimeProvider.System, TestContext.Current.CancellationToken);
        Assert.EndsWith("the session has ended\n\n", all, StringComparison.Ordinal);
        // Events come in order: what is told of the lead comes behind what is not told of the property.
        var told = await UntilAsync(lines, $"\"lead_id\":{lead}");
        Assert.DoesNotContain(told, line => line.StartsWith("event: property_", StringComparison.Ordinal));
        (await office.Admin.PatchAsync($"{Users}/{demotedId}", new { role = "agent" })).Must(200);
        var last = await office.NewPropertyAsync();
        await UntilAsync(lines, $"\"property_id\":{last}");
    }

    private static async Task<List<string>> UntilAsync(StreamReader lines, string part)
    {
        using var limit = Eventually.Limit();
        var told = new List<string>();
        while (await lines.ReadLineAsync(limit.Token) is { } line)
        {
            told.Add(line);
            if (line.Contains(part, StringComparison.Ordinal)) return told;
        }
        throw new EndOfStreamException();
    }

    [Fact]
    public async Task An_address_has_one_account_in_the_whole_product_whatever_its_case()
    {
        var (one, two) = (await server.NewOfficeAsync(), await server.NewOfficeAsync());
        var body = new { email = one.AdminEmail.ToUpperInvariant(), password = Office.Password, first_name = "A", last_name = "B" };
        (await two.Admin.PostAsync(Users, body)).MustRefuse(409, "RES_002");
    }

    [Fact]
    public async Task Another_tenant_finds_no_user_role_or_team()
    {
        var (one, two) = (await server.NewOfficeAsync(), await server.NewOfficeAsync());
        var role = (await one.Admin.PostAsync(Roles, new { name = "own", permissions = new[] { "leads:read" } })).Must(201).Id();
        foreach (var path in new[] { $"{Users}/{one.AdminId}", $"{Roles}/{role}", $"/api/v1/teams/{one.TeamId}" })
        {
            (await two.Admin.GetAsync(path)).Must(404);
            (await two.Admin.PatchAsync(path, new { first_name = "X", description = "X" })).Must(404);
            (await two.Admin.DeleteAsync(path)).Must(404);
        }
        (await two.Admin.GetAsync($"/api/v1/teams/{one.TeamId}/members")).Must(404);
    }

    [Fact]
    public async Task The_audit_log_tells_who_changed_what_and_keeps_secrets()
    {
        var office = await server.NewOfficeAsync();
        var (agent, id, email) = await office.NewUserAsync("agent");
        (await office.Admin.PatchAsync($"{Users}/{id}", new { first_name = "Ursula", password = "Brand-New-2026!" })).Must(200);
        var answer = await office.Admin.GetAsync(
            $"/api/v1/audit-logs?resource_type=user&resource_id={id}&user_id={office.AdminId}&action=updated");
        var entry = answer.Must(200).Items().Single(e => e.GetProperty("changes").TryGetProperty("first_name", out _));
        Assert.Equal("Ursula", entry.At("changes.first_name")[1].GetString());
        Assert.Equal("***", entry.At("changes.password_hash")[1].GetString());
        Assert.Empty((await (await server.NewOfficeAsync()).Admin.GetAsync($"/api/v1/audit-logs?resource_id={id}&resource_type=user")).Must(
            200).Items());
        (await (await office.SignInAsync(email, "Brand-New-2026!")).GetAsync("/api/v1/audit-logs")).MustRefuse(403, "AUTH_003");
        Assert.Equal(401, (await agent.GetAsync("/api/v1/auth/me")).Status);
    }
}
