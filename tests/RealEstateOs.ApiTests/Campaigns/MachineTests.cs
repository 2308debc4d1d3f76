using System.Text.RegularExpressions;
using RealEstateOs.ApiTests.Communications;
using RealEstateOs.ApiTests.Fixture;
using RealEstateOs.ApiTests.Leads;

namespace RealEstateOs.ApiTests.Campaigns;

/// <summary>Clicks and opens count people; what programs fetch stands beside them.</summary>
public sealed partial class MachineTests(Server server)
{
    [Theory]
    [InlineData("User-Agent", "")]
    [InlineData("User-Agent", "Mozilla/5.0")]
    [InlineData("User-Agent", "Mozilla/5.0 (compatible; bingbot/2.0; +http://www.bing.com/bingbot.htm)")]
    [InlineData("User-Agent", "python-requests/2.32")]
    [InlineData("Sec-Purpose", "prefetch;prerender")]
    [InlineData("X-Purpose", "preview")]
    [InlineData("X-Moz", "prefetch")]
    public async Task What_a_program_fetches_counts_as_a_programs_and_leads_on_all_the_same(string header, string value)
    {
        var (office, campaign, token) = await SentAsync();
        await server.LeftLongAgoAsync(campaign);
        (string, string)[] program = header == "User-Agent" ? [(header, value)] : [Reader.Person, (header, value)];
        for (var again = 0; again < 2; again++)
        {
            Assert.Equal((302, "https://example.com/one"), await FollowAsync(token, 0, program));
            Assert.Equal(200, (await server.Anonymous.GetAsync($"/o/{token}", program)).Status);
        }
        Assert.Equal((0, 0, 1, 1), await CountsAsync(office, campaign));
        Assert.Equal(302, (await FollowAsync(token, 0, Reader.Person)).Status);
        Assert.Equal((1, 1, 1, 1), await CountsAsync(office, campaign));
        var recipient = Assert.Single((await office.Admin.GetAsync($"/api/v1/campaigns/{campaign}/recipients")).Must(200).Items());
        Assert.False(recipient.IsNull("machine_clicked_at") || recipient.IsNull("clicked_at"));
    }

    [Fact]
    public async Task What_is_fetched_right_after_the_mail_left_is_a_programs()
    {
        var (office, campaign, token) = await SentAsync();
        await SetAsync("sent_at = now() + interval '1 minute'", campaign); // however busy this machine is
        await FollowAsync(token, 0, Reader.Person);
        await server.Anonymous.GetAsync($"/o/{token}", Reader.Person);
        Assert.Equal((0, 0, 1, 1), await CountsAsync(office, campaign));
    }

    [Fact]
    public async Task Who_follows_all_links_at_once_is_a_program_and_its_first_click_is_taken_back()
    {
        var (office, campaign, token) = await SentAsync();
        await server.LeftLongAgoAsync(campaign);
        await FollowAsync(token, 0, Reader.Person);
        Assert.Equal((1, 1, 0, 0), await CountsAsync(office, campaign));
        await SetAsync(
            "(last_link_at, clicked_at, opened_at) = (select t, t, t from (select now() + interval '1 minute') as later(t))", campaign);
        await FollowAsync(token, 1, Reader.Person);
        Assert.Equal((0, 0, 0, 1), await CountsAsync(office, campaign));
        await SetAsync("last_link_at = last_link_at - interval '1 minute'", campaign);
        await FollowAsync(token, 0, Reader.Person);
        await FollowAsync(token, 0, Reader.Person);
        Assert.Equal((1, 1, 0, 1), await CountsAsync(office, campaign));
    }

    [Fact]
    public async Task A_link_in_the_letters_of_another_script_leads_on_as_browsers_spell_it()
    {
        var (_, _, token) = await SentAsync();
        Assert.Equal((302, "https://xn--mgbh0fb.xn--kgbechtv/%D8%B4%D9%82%D9%82?%D8%BA%D8%B1%D9%81=2"),
            await FollowAsync(token, 2, Reader.Person));
    }

    [Fact]
    public async Task Unsubscribing_by_one_click_asks_nobody_what_they_are()
    {
        var (office, campaign, token) = await SentAsync();
        Assert.Equal(200, (await server.Anonymous.PostAsync($"/u/{token}", new FormUrlEncodedContent(
            [KeyValuePair.Create("List-Unsubscribe", "One-Click")]), ("User-Agent", "python-requests/2.32"))).Status);
        Assert.Equal(1, (await office.Admin.GetAsync($"/api/v1/campaigns/{campaign}")).Must(200).Long("unsubscribed_count"));
    }

    private Task SetAsync(string change, long campaign) =>
        server.ExecuteAsync($"update outreach.campaign_recipients set {change} where campaign_id = $1", campaign);

    private async Task<(int Status, string? Location)> FollowAsync(string token, int link, params (string, string)[] headers)
    {
        var answer = await server.Anonymous.GetAsync($"/c/{token}/{link}", headers);
        return (answer.Status, answer.Header("Location"));
    }

    private static async Task<(long Opened, long Clicked, long ByMachine, long ClickedByMachine)> CountsAsync(Office office, long campaign)
    {
        var counted = (await office.Admin.GetAsync($"/api/v1/campaigns/{campaign}")).Must(200);
        return (counted.Long("opened_count"), counted.Long("clicked_count"), counted.Long("machine_opened_count"),
            counted.Long("machine_clicked_count"));
    }

    private async Task<(Office Office, long Campaign, string Token)> SentAsync()
    {
        var (office, address) = (await server.NewOfficeAsync(), $"machine-{Guid.NewGuid():n}@example.com");
        var lead = (await office.NewLeadAsync(("email", address))).Id();
        var campaign = (await office.Admin.PostAsync("/api/v1/campaigns", new
        {
            name = "Two links", campaign_type = "email", subject = "Two links",
            content = "<p><a href=\"https://example.com/one\">one</a> <a href=\"https://example.com/two\">two</a> "
                + "<a href=\"https://مثال.إختبار/شقق?غرف=2\">three</a></p>",
        })).Must(201).Id();
        (await office.Admin.PostAsync($"/api/v1/campaigns/{campaign}/send", new { lead_ids = new[] { lead } })).Must(202);
        await Eventually.UntilAsync(async () => (await office.Admin.GetAsync($"/api/v1/campaigns/{campaign}")).Must(200),
            c => c.Text("status") == "completed");
        return (office, campaign, Token().Match(Outbox.HtmlOf(await Outbox.MailAsync(server, address))).Groups[1].Value);
    }

    [GeneratedRegex("/o/([A-Za-z0-9_-]+)")]
    private static partial Regex Token();
}
