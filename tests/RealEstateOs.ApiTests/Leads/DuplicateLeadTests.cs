using RealEstateOs.ApiTests.Fixture;

namespace RealEstateOs.ApiTests.Leads;

public sealed class DuplicateLeadTests(Server server)
{
    private const string Path = LeadVerbs.Path;

    [Fact]
    public async Task A_hundred_identical_submissions_at_once_make_one_lead()
    {
        var office = await server.NewOfficeAsync();
        var answers = await Task.WhenAll(Enumerable.Range(0,
            100).Select(_ => office.Admin.PostAsync(Path, LeadVerbs.Lead(("email", "Once@Example.com"), ("phone", "0501112233")))));
        var made = Assert.Single(answers, a => a.Status == 201).Json;
        foreach (var refused in answers.Where(a => a.Status != 201))
        {
            var existing = refused.MustRefuse(409, "RES_002").At("error.details.existing");
            Assert.Equal((made.Id(), "Sara Haddad", "new"), (existing.Id(), existing.Text("name"), existing.Text("status")));
        }
        Assert.Equal("1", (await office.Admin.GetAsync(Path)).Header("X-Total-Count"));
    }

    [Theory]
    [InlineData("email", "SARA@example.com")]
    [InlineData("phone", "00971 50 222 3344")]
    public async Task The_same_mailbox_or_number_in_another_spelling_is_the_same_person(string member, string value)
    {
        var office = await server.NewOfficeAsync();
        var made = await office.NewLeadAsync(("email", "sara@example.com"), ("phone", "+971502223344"));
        var refusal = (await office.Admin.PostAsync(Path, LeadVerbs.Lead((member, value)))).MustRefuse(409, "RES_002");
        Assert.Equal(made.Id(), refusal.At("error.details.existing").Id());
        Assert.Equal([member], refusal.At("error.details.existing.matched_on").Items().Select(m => m.GetString()));
    }

    [Fact]
    public async Task A_merge_keeps_both_histories()
    {
        var office = await server.NewOfficeAsync();
        var byMail = await office.NewLeadAsync(("email", "two@example.com"), ("notes", "First words"), ("tags", new[] { "a" }),
            ("metadata", new { form = 1 }));
        var byPhone = await office.NewLeadAsync(("phone", "0504445566"), ("company", "Acme"));
        (await office.Admin.PostAsync($"{Path}/{byPhone.Id()}/activities", new { activity_type = "call", description = "Talked" })).Must(
            201);
        var merged = (await office.Admin.PostAsync($"{Path}?on_duplicate=merge",
            LeadVerbs.Lead(("email", "two@example.com"), ("phone", "0504445566"), ("notes", "Second words"),
                ("budget", 900_000), ("tags", new[] { "b" }), ("metadata", new { form = 2, page = "home" }),
                ("source", "portal")))).Must(200);
        Assert.Equal(byMail.Id(), merged.Id());
        Assert.Equal(("0504445566", "Acme", 900_000m), (merged.Text("phone"), merged.Text("company"), merged.Number("budget")));
        Assert.Equal(["a", "b"], merged.At("tags").Items().Select(t => t.GetString()));
        Assert.Equal((1, "home"), (merged.Long("metadata.form"), merged.Text("metadata.page")));
        var one = $"{Path}/{merged.Id()}";
        Assert.Equal("First words", merged.Text("notes"));
        Assert.Contains("Second words", (await office.Admin.GetAsync($"{one}/notes")).Must(200).Items().Select(n => n.Text("content")));
        Assert.Single((await office.Admin.GetAsync($"{one}/activities")).Must(200).Items());
        var events = (await office.Admin.GetAsync($"{one}/timeline")).Must(200).Items().Select(e => e.Text("event_type")).ToList();
        Assert.Equal(2, events.Count(e => e == "lead_created"));
        Assert.Contains("lead_merged", events);
        Assert.Contains("duplicate_merged", events);
        (await office.Admin.GetAsync($"{Path}/{byPhone.Id()}")).MustRefuse(404, "RES_001");
        (await office.Admin.PostAsync($"{Path}/{byPhone.Id()}/restore")).MustRefuse(409, "RES_002");
    }

    [Fact]
    public async Task However_often_a_form_is_sent_the_lead_can_be_written_back_whole()
    {
        var office = await server.NewOfficeAsync();
        for (var sent = 0; sent < 3; sent++)
            await office.Admin.PostAsync($"{Path}?on_duplicate=merge", LeadVerbs.Lead(("email", "often@example.com"),
                ("tags", Enumerable.Range(0, 60).Select(n => $"{sent}-{n}")),
                ("metadata", new Dictionary<string, string> { [$"page{sent}"] = new('x', 12_000) })));
        var lead = Assert.Single((await office.Admin.GetAsync(Path)).Must(200).Items());
        Assert.Equal((100, 12_000), (lead.At("tags").Items().Length, lead.Text("metadata.page0")!.Length));
        (await office.Admin.PutAsync($"{Path}/{lead.Id()}", new { tags = lead.At("tags"), metadata = lead.At("metadata") })).Must(200);
    }

    [Fact]
    public async Task A_change_cannot_take_the_address_of_another_lead()
    {
        var office = await server.NewOfficeAsync();
        var first = await office.NewLeadAsync(("email", "taken@example.com"));
        var second = await office.NewLeadAsync(("email", "free@example.com"));
        var refusal = (await office.Admin.PutAsync($"{Path}/{second.Id()}", new { email = "Taken@example.com" })).MustRefuse(
            409, "RES_002");
        Assert.Equal(first.Id(), refusal.At("error.details.existing").Id());
        (await office.Admin.DeleteAsync($"{Path}/{first.Id()}")).Must(204);
        (await office.Admin.PutAsync($"{Path}/{second.Id()}", new { email = "Taken@example.com" })).Must(200);
    }
}
