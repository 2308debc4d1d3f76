using System.Text.Json;
using RealEstateOs.ApiTests.Communications;
using RealEstateOs.ApiTests.Fixture;
using RealEstateOs.ApiTests.Leads;

namespace RealEstateOs.ApiTests.Nurturing;

/// <summary>What is written to two leads goes on with the one that they become: once, and not against their word.</summary>
public sealed class MergedPeopleTests(Server server)
{
    private const string Sequences = "/api/v1/nurturing/sequences", Enrollments = "/api/v1/nurturing/enrollments";

    [Fact]
    public async Task Sequences_go_on_with_who_stays_and_who_was_in_one_twice_is_in_it_once()
    {
        var office = await server.NewOfficeAsync();
        var (kept, gone, third) = ((await office.NewLeadAsync()).Id(), (await office.NewLeadAsync()).Id(),
            (await office.NewLeadAsync()).Id());
        var (both, one) = (await NewSequenceAsync(office), await NewSequenceAsync(office));
        await EnrollAsync(office, both, kept, gone, third);
        await EnrollAsync(office, one, gone);
        await MergeAsync(office, kept, gone);
        await MergeAsync(office, third, kept);
        var all = (await office.Admin.GetAsync($"{Enrollments}?lead_id={third}")).Must(200).Items();
        Assert.Equal(
            [(both, "active", null), (both, "exited", "merged"), (both, "exited", "merged"), (one, "active", null)],
            all.Select(e => (e.Long("sequence_id"), e.Text("status"), e.Text("exit_reason"))).Order());
        var again = (await office.Admin.PostAsync($"{Sequences}/{one}/enroll", new { lead_ids = new[] { third } })).Must(200);
        Assert.Equal((0, 1), (again.Long("enrolled"), again.Long("skipped.already_enrolled")));
    }

    [Fact]
    public async Task A_campaign_that_both_got_shows_both_and_one_that_waits_for_who_went_reaches_who_stays()
    {
        var office = await server.NewOfficeAsync();
        var run = Guid.NewGuid().ToString("n");
        var (kept, gone) = ((await office.NewLeadAsync(("email", $"kept-{run}@example.com"))).Id(),
            (await office.NewLeadAsync(("email", $"gone-{run}@example.com"))).Id());
        var got = await SendAsync(office, new { lead_ids = new[] { kept, gone } });
        Assert.Equal(2, (await EndedAsync(office, got)).Long("sent_count"));
        var waits = await SendAsync(office, new { lead_ids = new[] { gone }, send_at = TimeProvider.System.GetUtcNow().AddSeconds(4) });
        await MergeAsync(office, kept, gone);
        Assert.All((await office.Admin.GetAsync($"/api/v1/campaigns/{got}/recipients")).Must(200).Items(),
            r => Assert.Equal(kept, r.Long("lead_id")));
        Assert.Equal(1, (await EndedAsync(office, waits)).Long("sent_count"));
        Assert.Equal((2, 1), (Outbox.Mails(server, $"kept-{run}@example.com").Length,
            Outbox.Mails(server, $"gone-{run}@example.com").Length));
    }

    [Theory]
    [InlineData("unsubscribed", 0)]
    [InlineData("bounced", 1)]
    public async Task Who_unsubscribed_under_the_address_that_went_gets_nothing_under_the_one_that_stays(string reason, int mails)
    {
        var office = await server.NewOfficeAsync();
        var run = Guid.NewGuid().ToString("n");
        var (kept, gone) = ((await office.NewLeadAsync(("email", $"kept-{run}@example.com"))).Id(),
            (await office.NewLeadAsync(("email", $"gone-{run}@example.com"))).Id());
        (await office.Admin.PostAsync("/api/v1/communications/suppressions", new { address = $"gone-{run}@example.com", reason })).Must(
            200);
        await MergeAsync(office, kept, gone);
        Assert.Equal(mails, (await EndedAsync(office, await SendAsync(office, new { lead_ids = new[] { kept } }))).Long("sent_count"));
        Assert.Equal(mails, Outbox.Mails(server, $"kept-{run}@example.com").Length);
    }

    private static async Task MergeAsync(Office office, long into, long lead) =>
        (await office.Admin.PostAsync($"{LeadVerbs.Path}/{into}/merge", new { lead_id = lead })).Must(200);

    private static async Task<long> NewSequenceAsync(Office office) =>
        (await office.Admin.PostAsync(Sequences, new { name = "Later", steps = new[] { new { type = "wait", delay_days = 3 } } })).Must(201)
            .Id();

    private static async Task EnrollAsync(Office office, long sequence, params long[] leads) =>
        Assert.Equal(leads.Length,
            (await office.Admin.PostAsync($"{Sequences}/{sequence}/enroll", new { lead_ids = leads })).Must(200).Long("enrolled"));

    private static async Task<long> SendAsync(Office office, object audience)
    {
        var campaign = (await office.Admin.PostAsync("/api/v1/campaigns",
            new { name = "News", campaign_type = "email", subject = "News", content = "<p>Dear {{first_name}}</p>" })).Must(201).Id();
        (await office.Admin.PostAsync($"/api/v1/campaigns/{campaign}/send", audience)).Must(202);
        return campaign;
    }

    private static Task<JsonElement> EndedAsync(Office office, long campaign) =>
        Eventually.UntilAsync(async () => (await office.Admin.GetAsync($"/api/v1/campaigns/{campaign}")).Must(200),
            c => c.Text("status") == "completed");
}
