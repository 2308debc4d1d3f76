using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Routing;
using RealEstateOs.ApiTests.Fixture;
using RealEstateOs.ApiTests.Leads;
using RealEstateOs.Platform.Authorization;

namespace RealEstateOs.ApiTests.Auth;

/// <summary>Forms and portals enter leads with a key of their own, which needs nobody's password and opens nothing else.</summary>
public sealed partial class ApiKeyTests(Server server)
{
    private const string Path = "/api/v1/api-keys";

    [Fact]
    public async Task A_key_is_shown_once_and_kept_as_a_hash()
    {
        var office = await server.NewOfficeAsync();
        var made = (await office.Admin.PostAsync(Path, new { name = "Contact form" })).Must(201);
        Assert.StartsWith("reos_", made.Text("key"), StringComparison.Ordinal);
        Assert.Equal(("website", 1), (made.Text("source"), made.At("scopes").Items().Length));
        var shown = (await office.Admin.GetAsync($"{Path}/{made.Id()}")).Must(200);
        Assert.True(shown.IsNull("key"));
        Assert.StartsWith(shown.Text("beginning")!, made.Text("key"), StringComparison.Ordinal);
        Assert.DoesNotContain(made.Text("key")!, (await office.Admin.GetAsync(Path)).Text, StringComparison.Ordinal);
        Assert.DoesNotContain(made.Text("key")!, (await office.Admin.GetAsync("/api/v1/audit-logs?resource_type=api_key")).Text,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_lead_that_comes_by_a_key_has_its_source_and_is_routed_as_from_outside()
    {
        var office = await server.NewOfficeAsync();
        var agent = await office.NewUserAsync("agent");
        await office.NewRuleAsync([agent.Id], ("sources", new[] { "portal" }));
        var property = await office.NewPropertyAsync();
        var key = await KeyAsync(office, new { name = "Bayut", portal = "Bayut" });
        var receipt = (await SendAsync(key, new
        {
            name = "Sara Haddad", phone = "+971501234567", source = "referral", reference = $"REOS{property}", intent = "rent",
            bedrooms = 2, message = "Is it still available?",
        })).Must(202);
        Assert.Equal(["received_at"], receipt.EnumerateObject().Select(m => m.Name));
        var lead = Assert.Single((await office.Admin.GetAsync(LeadVerbs.Path)).Must(200).Items());
        Assert.Equal(("portal", "bayut", $"REOS{property}", "rent", "Is it still available?"),
            (lead.Text("source"), lead.Text("portal"), lead.Text("portal_reference"), lead.Text("intent"), lead.Text("message")));
        Assert.Equal((property, agent.Id, 2), (lead.Long("property_id"), lead.Long("assigned_to"), lead.Long("bedrooms")));
        Assert.True(lead.IsNull("created_by"));
        var used = (await office.Admin.GetAsync(Path)).Must(200)[0];
        Assert.False(used.IsNull("last_used_at"));
        var audited = (await office.Admin.GetAsync($"/api/v1/audit-logs?resource_type=lead&resource_id={lead.Id()}")).Must(200)[0];
        Assert.True(audited.IsNull("user_id"));
        Assert.StartsWith($"key_{used.Id()}", audited.Text("user_agent"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_is_known_stays_one_person_and_the_key_hears_nothing_of_them()
    {
        var office = await server.NewOfficeAsync();
        var known = await office.NewLeadAsync(("email", "sara@example.com"), ("notes", "A secret of the office"));
        var answer = await SendAsync(await KeyAsync(office), new { name = "Sara", email = "Sara@Example.com", message = "Call me" });
        Assert.Equal(["received_at"], answer.Must(202).EnumerateObject().Select(m => m.Name)); // no id: an old one would tell
        Assert.DoesNotContain("secret", answer.Text, StringComparison.Ordinal);
        Assert.Equal("Call me", (await office.Admin.GetAsync($"{LeadVerbs.Path}/{known.Id()}")).Must(200).Text("message"));
    }

    [Fact]
    public async Task An_enquiry_that_is_sent_again_leaves_no_second_trace_and_another_person_with_the_same_reference_is_another_lead()
    {
        var office = await server.NewOfficeAsync();
        var key = await KeyAsync(office, new { name = "Portal", portal = "zillow" });
        var enquiry = new { name = "Jo Smith", email = "jo@example.com", reference = "Z-1", message = "May I see it?" };
        async Task<long[]> LeadsAsync() =>
            [.. (await office.Admin.GetAsync($"{LeadVerbs.Path}?sort=created_at")).Must(200).Items().Select(l => l.Id())];
        foreach (var answer in await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => SendAsync(key, enquiry)))) answer.Must(202);
        var id = Assert.Single(await LeadsAsync());
        var timeline = (await office.Admin.GetAsync($"{LeadVerbs.Path}/{id}/timeline")).Must(200).Items();
        Assert.DoesNotContain(timeline, e => e.Text("event_type") == "duplicate_merged");
        (await SendAsync(key, enquiry with { name = "Al Smith", email = "al@example.com" })).Must(202);
        Assert.Equal(2, (await LeadsAsync()).Length);
        (await SendAsync(key, enquiry with { message = "And the garden?" })).Must(202);
        Assert.Equal(2, (await LeadsAsync()).Length);
        var notes = (await office.Admin.GetAsync($"{LeadVerbs.Path}/{id}/notes")).Must(200).Items();
        Assert.Equal(["And the garden?"], notes.Select(n => n.Text("content")));
    }

    [Fact]
    public async Task An_agent_who_enters_the_same_enquiry_again_gets_the_lead_that_it_became()
    {
        var office = await server.NewOfficeAsync();
        var body = LeadVerbs.Lead(("portal", "Property Finder"), ("reference", "PF-77"));
        var first = (await office.Admin.PostAsync(LeadVerbs.Path, body)).Must(201);
        Assert.Equal(("property_finder", "portal"), (first.Text("portal"), first.Text("source")));
        Assert.Equal(first.Id(), (await office.Admin.PostAsync(LeadVerbs.Path, body)).Must(200).Id());
        Assert.Equal([first.Id()],
            (await office.Admin.GetAsync($"{LeadVerbs.Path}?portal=Property-Finder")).Must(200).Items().Select(l => l.Id()));
    }

    [Fact]
    public async Task A_key_says_nothing_that_is_the_offices_to_say_and_names_no_foreign_property()
    {
        var (office, other) = (await server.NewOfficeAsync(), await server.NewOfficeAsync());
        var answer = await SendAsync(await KeyAsync(office), new { name = "Jo", status = "converted", score = 100,
            assigned_to = office.AdminId, team_id = office.TeamId, external_id = "x", property_id = await other.NewPropertyAsync() });
        Assert.Equal(["assigned_to", "external_id", "property_id", "score", "status", "team_id"], answer.MustNameFields().Order());
    }

    [Fact]
    public async Task A_key_opens_nothing_else()
    {
        var key = await KeyAsync(await server.NewOfficeAsync());
        var faults = new List<string>();
        foreach (var route in server.Routes.Where(r => r.Metadata.GetMetadata<IAllowAnonymous>() is null
            && r.Metadata.GetMetadata<AcceptsApiKey>() is null))
        {
            var path = "/" + Parameter().Replace(route.RoutePattern.RawText!.Trim('/'), "1");
            foreach (var method in route.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? [])
            {
                var answer = await server.Anonymous.SendAsync(new HttpMethod(method), path, null, ("X-API-Key", key));
                if (answer.Status != 403) faults.Add($"{method} {path} answered {answer.Status}");
            }
        }
        Assert.True(faults.Count == 0, string.Join(Environment.NewLine, faults));
    }

    [Fact]
    public async Task A_revoked_key_is_refused_at_once_and_so_is_one_that_was_never_made()
    {
        var office = await server.NewOfficeAsync();
        var made = (await office.Admin.PostAsync(Path, new { name = "Old form" })).Must(201);
        (await SendAsync(made.Text("key")!, new { name = "Jo" })).Must(202);
        (await office.Admin.DeleteAsync($"{Path}/{made.Id()}")).Must(204);
        (await SendAsync(made.Text("key")!, new { name = "Jo" })).MustRefuse(401, "AUTH_004");
        (await SendAsync("reos_" + new string('a', 43), new { name = "Jo" })).MustRefuse(401, "AUTH_004");
        Assert.False((await office.Admin.GetAsync($"{Path}?is_revoked=true")).Must(200)[0].IsNull("revoked_at"));
    }

    [Fact]
    public async Task A_key_is_taken_as_a_bearer_token_and_a_repeat_under_one_idempotency_key_counts_for_each_key()
    {
        var office = await server.NewOfficeAsync();
        var (one, two) = (await KeyAsync(office), await KeyAsync(office));
        Task<Answer> PostAsync(string key) => new Actor(server.Client, key)
            .PostAsync(LeadVerbs.Path, new { name = "Jo" }, ("Idempotency-Key", "1"));
        (await PostAsync(one)).Must(202);
        Assert.Equal("true", (await PostAsync(one)).Header("Idempotency-Replayed"));
        Assert.Null((await PostAsync(two)).Header("Idempotency-Replayed"));
        Assert.Equal(2, (await office.Admin.GetAsync(LeadVerbs.Path)).Must(200).Items().Length);
    }

    [Fact]
    public async Task Keys_are_the_business_of_who_manages_the_organization()
    {
        var office = await server.NewOfficeAsync();
        var (manager, _, _) = await office.NewUserAsync("manager");
        (await manager.GetAsync(Path)).MustRefuse(403, "AUTH_003");
        (await manager.PostAsync(Path, new { name = "Mine" })).MustRefuse(403, "AUTH_003");
        var (keeper, _) = await office.NewUserWhoMayAsync("organization:manage");
        (await keeper.PostAsync(Path, new { name = "More than I may" })).MustRefuse(403, "AUTH_003");
        Assert.Equal(["name", "scopes"],
            (await office.Admin.PostAsync(Path, new { scopes = new[] { "leads:read" } })).MustNameFields().Order());
    }

    private static async Task<string> KeyAsync(Office office, object? body = null) =>
        (await office.Admin.PostAsync(Path, body ?? new { name = "Form" })).Must(201).Text("key")!;

    private Task<Answer> SendAsync(string key, object body) => server.Anonymous.PostAsync(LeadVerbs.Path, body, ("X-API-Key", key));

    [GeneratedRegex(@"\{[^}]+\}")]
    private static partial Regex Parameter();
}
