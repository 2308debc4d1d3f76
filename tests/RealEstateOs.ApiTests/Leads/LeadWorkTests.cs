using System.Net.Http.Headers;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using RealEstateOs.ApiTests.Fixture;
using RealEstateOs.Leads.Scoring;

namespace RealEstateOs.ApiTests.Leads;

public sealed class LeadWorkTests(Server server)
{
    private const string Path = LeadVerbs.Path;

    [Fact]
    public async Task The_first_outbound_contact_is_the_response_and_later_ones_are_not()
    {
        var office = await server.NewOfficeAsync();
        var one = $"{Path}/{(await office.NewLeadAsync()).Id()}";
        await ActAsync(office, one, new { activity_type = "note", description = "internal" });
        await ActAsync(office, one, new { activity_type = "call", direction = "inbound", description = "They called" });
        await ActAsync(office, one, new { activity_type = "call", description = "Planned", scheduled_at = "2150-01-01T10:00:00Z" });
        Assert.True((await office.Admin.GetAsync(one)).Must(200).IsNull("first_response_minutes"));
        await server.ExecuteAsync("update leads.leads set created_at = created_at - interval '90 minutes' where id = $1",
            long.Parse(one.Split('/')[^1], null));
        await ActAsync(office, one, new { activity_type = "email", description = "Wrote" });
        var answered = (await office.Admin.GetAsync(one)).Must(200);
        Assert.Equal(90, answered.Long("first_response_minutes"));
        await server.ExecuteAsync("update leads.leads set created_at = created_at - interval '90 minutes' where id = $1", answered.Id());
        await ActAsync(office, one, new { activity_type = "call", description = "Called" });
        var again = (await office.Admin.GetAsync(one)).Must(200);
        Assert.Equal(90, again.Long("first_response_minutes"));
        Assert.NotEqual(answered.Text("last_contacted_at"), again.Text("last_contacted_at"));
    }

    [Fact]
    public async Task A_score_follows_the_facts_until_it_is_set_by_hand()
    {
        var office = await server.NewOfficeAsync();
        for (var i = 1; i <= 4; i++) await office.NewPropertyAsync(Samples.Property(("price", i * 1_000_000)));
        var poor = await office.NewLeadAsync();
        var one = $"{Path}/{poor.Id()}";
        var rich = (await office.Admin.PutAsync(one, new { budget = 5_000_000, email = "rich@example.com", source = "referral" })).Must(
            200);
        Assert.True(rich.Long("score") > poor.Long("score"));
        Assert.Contains("100 % of 4", rich.At("score_reasons").Items().Single(r => r.Text("factor") == "budget").Text("reason"),
            StringComparison.Ordinal);
        await ActAsync(office, one, new { activity_type = "viewing", description = "Saw it" });
        var engaged = (await office.Admin.GetAsync(one)).Must(200);
        Assert.Equal(rich.Long("score") + 8, engaged.Long("score"));
        (await office.Admin.PutAsync(one, new { score = 3 })).Must(200);
        await ActAsync(office, one, new { activity_type = "meeting", description = "Met" });
        var byHand = (await office.Admin.PutAsync(one, new { budget = 1 })).Must(200);
        Assert.Equal((3, true), (byHand.Long("score"), byHand.IsTrue("score_is_manual")));
        var cleared = (await office.Admin.PutAsync(one, "{\"score\": null, \"budget\": 5000000}")).Must(200);
        Assert.Equal((engaged.Long("score") + 8, false), (cleared.Long("score"), cleared.IsTrue("score_is_manual")));
    }

    [Fact]
    public async Task A_document_comes_back_as_it_went_in_until_its_link_ends()
    {
        var office = await server.NewOfficeAsync();
        var one = $"{Path}/{(await office.NewLeadAsync()).Id()}";
        var bytes = Encoding.UTF8.GetBytes("%PDF-1.7 the passport");
        using var form = new MultipartFormDataContent { { new StringContent("Passport"), "title" },
            { File(bytes), "file", "../passport.pdf" } };
        var made = (await office.Admin.PostAsync($"{one}/documents", form)).Must(201);
        Assert.Equal(("Passport", "passport.pdf", "application/pdf", (long)bytes.Length),
            (made.Text("title"), made.Text("file_path"), made.Text("file_type"), made.Long("file_size")));
        var listed = (await office.Admin.GetAsync($"{one}/documents")).Must(200).Items().Single();
        var link = listed.Text("download_url")!;
        Assert.Equal(bytes, (await server.Anonymous.GetAsync(link)).Content);
        var broken = link[..^3] + (link[^3] == 'A' ? 'B' : 'A') + link[^2..];
        Assert.Equal(404, (await server.Anonymous.GetAsync(broken)).Status);
        (await office.Admin.DeleteAsync($"{one}/documents/{made.Id()}")).Must(204);
        Assert.Equal(404, (await server.Anonymous.GetAsync(link)).Status);
        Assert.Empty((await office.Admin.GetAsync($"{one}/documents")).Must(200).Items());
        using var nothing = new MultipartFormDataContent { { new StringContent("Passport"), "title" } };
        Assert.Equal(["file"], (await office.Admin.PostAsync($"{one}/documents", nothing)).MustNameFields());
    }

    private static async Task ActAsync(Office office, string lead, object activity) =>
        (await office.Admin.PostAsync($"{lead}/activities", activity)).Must(201);

    private static ByteArrayContent File(byte[] bytes) => new(bytes) { Headers = { ContentType = new MediaTypeHeaderValue("text/html") } };

    [Fact]
    public async Task A_score_ages_over_night_and_one_set_by_hand_does_not()
    {
        var office = await server.NewOfficeAsync();
        var (open, byHand, lost) = (await office.NewLeadAsync(), await office.NewLeadAsync(("score", 90)),
            await office.NewLeadAsync(("status", "lost")));
        foreach (var lead in new[] { open, byHand, lost })
            await server.ExecuteAsync("update leads.leads set created_at = created_at - interval '40 days' where id = $1", lead.Id());
        await using var scope = server.Services.GetRequiredService<IServiceScopeFactory>().CreateAsyncScope();
        await ActivatorUtilities.CreateInstance<RescoreLeads>(scope.ServiceProvider).RunAsync(null!, TestContext.Current.CancellationToken);
        var aged = (await office.Admin.GetAsync($"{LeadVerbs.Path}/{open.Id()}")).Must(200);
        Assert.Equal(open.Long("score") - 13, aged.Long("score")); // recency 15 falls to 2
        Assert.Equal(2, aged.At("score_reasons").Items().Single(r => r.Text("factor") == "recency").Long("points"));
        foreach (var kept in new[] { byHand, lost })
            Assert.Equal(kept.Long("score"), (await office.Admin.GetAsync($"{LeadVerbs.Path}/{kept.Id()}")).Must(200).Long("score"));
    }
}
