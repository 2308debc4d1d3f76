using System.Text;
using Ical.Net;
using RealEstateOs.ApiTests.Fixture;

namespace RealEstateOs.ApiTests.Agenda;

public sealed class CalendarFeedTests(Server server)
{
    private const string Feed = "/api/v1/calendar/feed", Day = "/api/v1/nurturing/agenda";
    private static readonly DateTimeOffset Soon = new(TimeProvider.System.GetUtcNow().AddDays(2).Date.AddHours(9), TimeSpan.Zero);

    [Fact]
    public async Task A_calendar_program_reads_viewings_follow_ups_and_closings_of_one_agent()
    {
        var (office, agent, id) = await NewAgentAsync();
        var property = await office.NewPropertyAsync(Samples.Property(("address", "Sea View; 12, Tower A")));
        var lead = await NewLeadAsync(office, id, property);
        var viewing = (await office.Admin.PostAsync($"/api/v1/leads/{lead}/activities",
            new { activity_type = "viewing", subject = "First look", description = "Bring keys,\nand the; plan.",
                scheduled_at = Soon })).Must(201).Id();
        var client = (await office.Admin.PostAsync("/api/v1/clients",
            new { first_name = "Omar", last_name = "Khan", email = "omar@example.com", assigned_agent_id = id })).Must(201).Id();
        (await office.Admin.PostAsync($"/api/v1/clients/{client}/activities",
            new { activity_type = "call", description = "Ask about the loan", scheduled_at = Soon.AddHours(3) })).Must(201);
        var deal = (await office.Admin.PostAsync("/api/v1/deals", new { property_id = property, deal_type = "sale", value = 1_000_000,
            assigned_to = id, expected_close_date = Soon.AddDays(10).ToString("yyyy-MM-dd") })).Must(201).Id();
        // A colleague's.
        (await office.Admin.PostAsync($"/api/v1/leads/{await NewLeadAsync(office, office.AdminId, property)}/activities",
            new { activity_type = "viewing", description = "not mine", scheduled_at = Soon })).Must(201);

        var made = (await agent.PostAsync(Feed)).Must(201);
        var calendar = Calendar.Load(await ReadAsync(made.Text("url")!))!;
        Assert.Equal(3, calendar.Events.Count);
        var look = calendar.Events.Single(e => e.Uid!.StartsWith($"lead_{lead}-lact_{viewing}@", StringComparison.Ordinal));
        Assert.Equal(("First look: Lina Lead", "Bring keys,\nand the; plan.", "Sea View; 12, Tower A, Dubai"),
            (look.Summary, look.Description, look.Location));
        Assert.Equal((Soon.UtcDateTime, Soon.UtcDateTime.AddHours(1)),
            (look.Start!.AsUtc, look.DtStart!.AsUtc + look.Duration!.Value.ToTimeSpanUnspecified()));
        var closing = calendar.Events.Single(e => e.Uid!.StartsWith($"deal_{deal}@", StringComparison.Ordinal));
        Assert.False(closing.Start!.HasTime);
        Assert.Equal(DateOnly.FromDateTime(Soon.AddDays(10).UtcDateTime), closing.Start.Date);
        Assert.All(calendar.Events, e => Assert.NotNull(e.DtStamp));
    }

    [Fact]
    public async Task Texts_of_people_are_escaped_and_folded_so_that_they_stay_texts()
    {
        var (office, agent, id) = await NewAgentAsync();
        const string arabic =
            "موعد معاينة الشقة في مارينا دبي مع العميل والوسيط قبل توقيع العقد النهائي؛ أحضر المفاتيح، والخطة، ورقم البوابة 👩‍💼";
        string[] hostile =
        [
            "Look\r\nATTENDEE:mailto:mallory@example.com", "Look\nEND:VEVENT\nBEGIN:VEVENT\nUID:forged", "Look\rLOCATION:forged",
            "a;b,c\\n d:\"e\" \\; \\, \\N", arabic, new('x', 1_000),
            string.Concat(Enumerable.Repeat(arabic, 8)), new string('y', 73) + "é" + new string('z', 73) + "👍" + new string('w', 200),
        ];
        var lead = await NewLeadAsync(office, id,
            await office.NewPropertyAsync(Samples.Property(("address", "Tower; A, 12\r\nX-FORGED:1"), ("city", "دبي"))));
        for (var i = 0; i < hostile.Length; i++)
        {
            var subject = hostile[i].Length > 200 ? hostile[i][..190] : hostile[i];
            (await office.Admin.PostAsync($"/api/v1/leads/{lead}/activities",
                new { activity_type = "call", subject, description = hostile[i], scheduled_at = Soon.AddHours(i) })).Must(201);
        }
        var address = new Uri((await agent.PostAsync(Feed)).Must(201).Text("url")!).AbsolutePath;
        var bytes = (await server.Anonymous.GetAsync(address)).Content;

        // By RFC 5545, 3.1: lines end with CRLF and hold 75 octets at most; a fold does not divide a character here, so that each line is
        // UTF-8 by itself.
        var text = new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(bytes);
        var lines = text.Split("\r\n");
        Assert.Equal("", lines[^1]);
        Assert.All(lines, line => Assert.DoesNotContain(line, c => c is '\r' or '\n' or '\0'));
        Assert.All(lines, line => Assert.InRange(Encoding.UTF8.GetByteCount(line), 0, 75));
        Assert.All(lines, line => Assert.DoesNotContain('\uFFFD', line));
        var unfolded = text.Replace("\r\n ", "", StringComparison.Ordinal).Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(hostile.Length, unfolded.Count(l => l == "BEGIN:VEVENT"));
        Assert.All(unfolded, line =>
            Assert.Matches("^(BEGIN|END|PRODID|VERSION|METHOD|X-WR-CALNAME|X-PUBLISHED-TTL|UID|SUMMARY|DESCRIPTION|LOCATION|CATEGORIES|STATUS|"
                + "SEQUENCE|DTSTAMP|LAST-MODIFIED|DTSTART|DTEND|DURATION|TRANSP|URL)[:;]", line));
        // Read back, the texts are what was written; line breaks of all kinds are one.
        var events = Calendar.Load(text)!.Events.OrderBy(e => e.Start).ToList();
        Assert.Equal(hostile.Select(h => h.Replace("\r\n", "\n", StringComparison.Ordinal).Replace('\r', '\n')),
            events.Select(e => e.Description!));
        Assert.All(events, e => Assert.Equal("Tower; A, 12\nX-FORGED:1, دبي", e.Location));
    }

    [Fact]
    public async Task A_viewing_rings_before_it_begins_says_whom_to_call_and_leads_back_to_its_lead()
    {
        var (office, agent, id) = await NewAgentAsync();
        var lead = (await office.Admin.PostAsync("/api/v1/leads", new { first_name = "Lina", phone = "+971 50 123 4567",
            assigned_to = id })).Must(201).Id();
        foreach (var type in (string[])["viewing", "call"])
            (await office.Admin.PostAsync($"/api/v1/leads/{lead}/activities",
                new { activity_type = type, description = "Bring keys", scheduled_at = Soon })).Must(201);
        var events = Calendar.Load(await ReadAsync((await agent.PostAsync(Feed)).Must(201).Text("url")!))!.Events;
        Assert.All(events, e => Assert.Equal("Bring keys\n+971 50 123 4567", e.Description));
        Assert.All(events, e => Assert.Equal($"https://app.example.com/open/lead_{lead}", e.Url!.OriginalString));
        var viewing = events.Single(e => e.Categories.Contains("viewing"));
        Assert.Equal(-30, viewing.Alarms.Single().Trigger!.Duration!.Value.ToTimeSpanUnspecified().TotalMinutes);
        Assert.Empty(events.Single(e => e.Categories.Contains("call")).Alarms);
    }

    [Fact]
    public async Task A_text_in_the_feed_has_no_control_characters_but_tabs()
    {
        var (office, agent, id) = await NewAgentAsync();
        var lead = await NewLeadAsync(office, id, await office.NewPropertyAsync(Samples.Property()));
        (await office.Admin.PostAsync($"/api/v1/leads/{lead}/activities", new { activity_type = "call", subject = "Call",
            description = "Ring\u0007 \u001b[31mred\u007f,\ttab", scheduled_at = Soon })).Must(201);
        var text = await ReadAsync((await agent.PostAsync(Feed)).Must(201).Text("url")!);
        Assert.DoesNotContain(text, c => char.IsAscii(c) && char.IsControl(c) && c is not ('\r' or '\n' or '\t'));
        Assert.Equal("Ring [31mred,\ttab", Calendar.Load(text)!.Events.Single().Description);
    }

    [Fact]
    public async Task What_is_called_off_stays_in_the_feed_as_cancelled_with_a_later_revision()
    {
        var (office, agent, id) = await NewAgentAsync();
        var property = await office.NewPropertyAsync(Samples.Property());
        var viewing = $"/api/v1/leads/{await NewLeadAsync(office, id, property)}/activities";
        viewing = $"{viewing}/{(await office.Admin.PostAsync(viewing,
            new { activity_type = "viewing", description = "x", scheduled_at = Soon })).Must(201).Id()}";
        var call = $"/api/v1/clients/{(await office.Admin.PostAsync("/api/v1/clients",
            new { first_name = "Omar", last_name = "Khan", email = "omar@example.com", assigned_agent_id = id }))
            .Must(201).Id()}/activities";
        call = $"{call}/{(await office.Admin.PostAsync(call,
            new { activity_type = "call", description = "x", scheduled_at = Soon })).Must(201).Id()}";
        var deal = $"/api/v1/deals/{(await office.Admin.PostAsync("/api/v1/deals",
            new { property_id = property, deal_type = "sale", value = 1_000_000, assigned_to = id,
                expected_close_date = Soon.ToString("yyyy-MM-dd") })).Must(201).Id()}";
        var url = (await agent.PostAsync(Feed)).Must(201).Text("url")!;
        var before = Calendar.Load(await ReadAsync(url))!.Events;
        Assert.All(before, e => Assert.Equal("CONFIRMED", e.Status));
        await server.ExecuteAsync("update leads.activities set updated_at = updated_at - interval '1 minute' where organization_id = $1",
            office.OrganizationId);
        var earlier = Calendar.Load(await ReadAsync(url))!.Events.Single(e => e.Uid!.StartsWith("lead_", StringComparison.Ordinal));

        (await office.Admin.PatchAsync(viewing, new { outcome = "Cancelled" })).Must(200);
        Assert.Equal("cancelled", (await office.Admin.PatchAsync(call, new { outcome = "cancelled" })).Must(200).Text("outcome"));
        (await office.Admin.PatchAsync(deal, new { stage = "closed_lost" })).Must(200);
        var after = Calendar.Load(await ReadAsync(url))!.Events;
        Assert.Equal(before.Select(e => e.Uid).Order(), after.Select(e => e.Uid).Order());
        Assert.All(after, e => Assert.Equal("CANCELLED", e.Status));
        Assert.True(after.Single(e => e.Uid == earlier.Uid).Sequence > earlier.Sequence);
        Assert.Empty((await agent.GetAsync(Day)).Must(200).At("entries").Items());
    }

    [Fact]
    public async Task The_address_is_a_secret_that_can_be_renewed_and_revoked_and_ends_with_its_owner()
    {
        var (office, agent, id) = await NewAgentAsync();
        Assert.False((await agent.GetAsync(Feed)).Must(200).IsTrue("is_active"));
        var first = (await agent.PostAsync(Feed)).Must(201).Text("url")!;
        await ReadAsync(first);
        Assert.False((await agent.GetAsync(Feed)).Must(200).IsNull("last_read_at"));
        var second = (await agent.PostAsync(Feed)).Must(201).Text("url")!;
        await ReadAsync(first, 404);
        await ReadAsync(second);
        Assert.DoesNotContain(new Uri(second).Segments[^1][..^4], (await office.Admin.GetAsync("/api/v1/audit-logs?limit=100")).Text,
            StringComparison.Ordinal);
        Assert.Equal(0, await server.CountAsync(
            "crm.calendar_feeds where organization_id = $1 and position(convert_to($2, 'utf8') in token_hash) > 0", office.OrganizationId,
            new Uri(second).Segments[^1][..^4]));
        (await agent.DeleteAsync(Feed)).Must(204);
        await ReadAsync(second, 404);
        var third = (await agent.PostAsync(Feed)).Must(201).Text("url")!;
        (await office.Admin.DeleteAsync($"/api/v1/users/{id}")).Must(204);
        await ReadAsync(third, 404);
        await ReadAsync("http://localhost/calendar/nobody.ics", 404);
        await ReadAsync($"http://localhost/calendar/{new string('a', 500)}.ics", 404);
    }

    [Fact]
    public async Task An_unchanged_agenda_is_not_sent_again()
    {
        var (office, agent, id) = await NewAgentAsync();
        var lead = await NewLeadAsync(office, id, null);
        var address = new Uri((await agent.PostAsync(Feed)).Must(201).Text("url")!).AbsolutePath;
        var tag = (await server.Anonymous.GetAsync(address)).Header("ETag")!;
        Assert.Equal(304, (await server.Anonymous.GetAsync(address, ("If-None-Match", tag))).Status);
        (await office.Admin.PostAsync($"/api/v1/leads/{lead}/activities",
            new { activity_type = "call", description = "x", scheduled_at = Soon })).Must(201);
        Assert.Equal(200, (await server.Anonymous.GetAsync(address, ("If-None-Match", tag))).Status);
    }

    [Fact]
    public async Task The_days_agenda_is_in_order_and_names_what_is_overdue()
    {
        var (office, agent, id) = await NewAgentAsync();
        var lead = $"/api/v1/leads/{await NewLeadAsync(office, id, null)}/activities";
        (await agent.PostAsync(lead,
            new { activity_type = "call", subject = "Later", description = "x", scheduled_at = Soon.AddHours(2) })).Must(201);
        (await agent.PostAsync(lead, new { activity_type = "viewing", subject = "Sooner", description = "x", scheduled_at = Soon })).Must(
            201);
        (await agent.PostAsync(lead,
            new { activity_type = "task", subject = "Missed", description = "x", scheduled_at = Soon.AddDays(-5) })).Must(201);
        (await agent.PostAsync(lead, new { activity_type = "task", subject = "Done", description = "x", scheduled_at = Soon.AddDays(-6),
            completed_at = Soon.AddDays(-6) })).Must(201);
        var client = $"/api/v1/clients/{(await office.Admin.PostAsync("/api/v1/clients",
            new { first_name = "Omar", last_name = "Khan", email = "omar@example.com", assigned_agent_id = id }))
            .Must(201).Id()}/activities";
        var call = (await agent.PostAsync(client,
            new { activity_type = "call", subject = "Ring", description = "x", scheduled_at = Soon.AddDays(-4) })).Must(201).Id();
        Assert.Equal(["Missed: Lina Lead", "Ring: Omar Khan"],
            (await agent.GetAsync(Day)).Must(200).At("overdue").Items().Select(e => e.Text("title")));
        (await agent.PatchAsync($"{client}/{call}", new { completed_at = Soon.AddDays(-3) })).Must(200);
        Assert.Equal(["description"], (await agent.PatchAsync($"{client}/{call}", new { description = (string?)null })).MustNameFields());
        var agenda = (await agent.GetAsync(Day)).Must(200);
        Assert.Equal(["Sooner: Lina Lead", "Later: Lina Lead"], agenda.At("entries").Items().Select(e => e.Text("title")));
        Assert.Equal(["Missed: Lina Lead"], agenda.At("overdue").Items().Select(e => e.Text("title")));
        Assert.Equal(2, (await office.Admin.GetAsync($"{Day}?agent_id={id}")).Must(200).At("entries").Items().Length);
        (await office.Admin.PostAsync("/api/v1/roles", new { name = "assistant", permissions = new[] { "clients:read:own" } })).Must(201);
        (await (await office.NewUserAsync("assistant")).Actor.GetAsync($"{Day}?agent_id={id}")).MustRefuse(403, "AUTH_003");
        Assert.Equal(["date_to"], (await agent.GetAsync($"{Day}?date_from=2026-12-01&date_to=2026-11-01")).MustNameFields());
        Assert.Equal(["date_from"], (await agent.GetAsync($"{Day}?date_from=0001-01-01")).MustNameFields());
        Assert.Equal(["agent_id"], (await office.Admin.GetAsync($"{Day}?agent_id=999999999")).MustNameFields());
    }

    private async Task<(Office Office, Actor Agent, long Id)> NewAgentAsync()
    {
        var office = await server.NewOfficeAsync();
        var (agent, id, _) = await office.NewUserAsync("agent");
        return (office, agent, id);
    }

    private static async Task<long> NewLeadAsync(Office office, long agent, long? property) =>
        (await office.Admin.PostAsync("/api/v1/leads", new
        {
            first_name = "Lina", last_name = "Lead", email = $"{Guid.NewGuid():n}@example.com", source = "website", assigned_to = agent,
            property_id = property,
        })).Must(201).Id();

    private async Task<string> ReadAsync(string url, int status = 200)
    {
        var answer = await server.Anonymous.GetAsync(new Uri(url).AbsolutePath);
        Assert.Equal(status, answer.Status);
        if (status == 200) Assert.StartsWith("text/calendar", answer.Header("Content-Type"), StringComparison.Ordinal);
        return answer.Text;
    }
}
