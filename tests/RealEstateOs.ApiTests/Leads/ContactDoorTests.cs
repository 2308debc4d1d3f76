using System.Text.Json;
using RealEstateOs.ApiTests.Fixture;

namespace RealEstateOs.ApiTests.Leads;

/// <summary>
/// One mailbox and one number are the same however they are written: for duplicates, for the suppression list, for sending.
/// </summary>
public sealed class ContactDoorTests(Server server)
{
    private const string Path = "/api/v1/leads";

    [Fact]
    public async Task A_number_is_the_same_lead_however_it_is_written()
    {
        var office = await server.NewOfficeAsync();
        (await office.Admin.PatchAsync("/api/v1/organization", new { country = "AE" })).Must(200);
        var lead = (await PostAsync(office, phone: "+971501234567")).Must(201);
        foreach (var same in new[] { "\u202a+971 50 123 4567\u202c", "\u0660\u0665\u0660\u0661\u0662\u0663\u0664\u0665\u0666\u0667",
            "+9710501234567", "+971 (0)50 123 4567", "50 123 4567", "p:+971501234567", "00971501234567" })
            (await PostAsync(office, phone: same)).MustRefuse(409, "RES_002");
        Assert.Equal("+971501234567", lead.Text("phone_e164"));
        foreach (var none in new[] { "call me", "0501234567 (Ahmed)", "+97150123456789", "12345678", "020 7946 0958" })
            Assert.Equal(["phone"], (await PostAsync(office, phone: none)).MustNameFields());
        Assert.Equal(["phone"], (await office.Admin.PatchAsync($"{Path}/{lead.Id()}", new { phone = "12345678" })).MustNameFields());
        Assert.Equal("+971531234567", (await PostAsync(office, phone: "053 123 4567")).Must(201).Text("phone_e164"));
        Assert.Equal("+97180036227", (await PostAsync(office, phone: "800 36227")).Must(201).Text("phone_e164"));
        (await office.Admin.PatchAsync("/api/v1/organization", new { country = "GB" })).Must(200);
        Assert.Equal("+442079460958", (await PostAsync(office, phone: "020 7946 0958")).Must(201).Text("phone_e164"));
    }

    [Fact]
    public async Task Nothing_leaves_to_a_suppressed_mailbox_in_another_spelling()
    {
        var office = await server.NewOfficeAsync();
        var name = $"no.more-{Guid.NewGuid():n}";
        (await office.Admin.PostAsync("/api/v1/communications/suppressions",
            new { address = $"No More <{name.ToUpperInvariant()}@B\u00dcCHER.example>" })).Must(200);
        var lead = (await PostAsync(office, email: $"\"{name}\"@b\u00fccher.example")).Must(201);
        Assert.Equal($"{name}@b\u00fccher.example", lead.Text("email"));
        foreach (var same in new[] { $"{name}@xn--bcher-kva.example,", $"mailto:{name}@b\u00fccher.example",
            $"X <{name}@B\u00dcCHER.EXAMPLE.>" })
            (await PostAsync(office, email: same)).MustRefuse(409, "RES_002");
        foreach (var none in new[] { $"{name} @b\u00fccher.example", $"{name}@b\u00fccher", $"a@example.com,{name}@b\u00fccher.example",
            "\"a b\"@example.com" })
            Assert.Equal(["email"], (await PostAsync(office, email: none)).MustNameFields());
        var campaign = (await office.Admin.PostAsync("/api/v1/campaigns",
            new { name = "x", campaign_type = "email", subject = "s", content = "x" })).Must(201).Id();
        (await office.Admin.PostAsync($"/api/v1/campaigns/{campaign}/send", new { lead_ids = new[] { lead.Id() } })).Must(202);
        var ended = await Eventually.UntilAsync(async () => (await office.Admin.GetAsync($"/api/v1/campaigns/{campaign}")).Must(200),
            c => c.Text("status") == "completed");
        Assert.Equal((0, 1), (ended.Long("sent_count"), ended.Long("suppressed_count")));
        Assert.Equal($"{name}@xn--bcher-kva.example",
            Assert.Single((await office.Admin.GetAsync($"/api/v1/communications/suppressions?address={name}@b%C3%BCcher.example")).Must(200)
                .Items()).Text("address"));
    }

    [Fact]
    public async Task A_suppressed_number_is_found_in_the_offices_own_spelling()
    {
        var office = await server.NewOfficeAsync();
        (await office.Admin.PatchAsync("/api/v1/organization", new { country = "AE" })).Must(200);
        Assert.Equal("+971501234567",
            (await office.Admin.PostAsync("/api/v1/communications/suppressions", new { address = "050 123 4567" })).Must(200)
                .Text("address"));
        var again = (await office.Admin.PostAsync("/api/v1/communications/suppressions",
            new { address = "+971 (0)50-1234567", channel = "sms" })).Must(200);
        Assert.Equal(again.Id(),
            Assert.Single((await office.Admin.GetAsync("/api/v1/communications/suppressions")).Must(200).Items()).Id());
        Assert.Equal(["address"],
            (await office.Admin.PostAsync("/api/v1/communications/suppressions", new { address = "12345678" })).MustNameFields());
        Assert.Equal(["address"],
            (await office.Admin.PostAsync("/api/v1/communications/suppressions",
                new { address = "050 123 4567", channel = "email" })).MustNameFields());
    }

    [Theory]
    [InlineData("\"no\"")]
    [InlineData("0")]
    [InlineData("[]")]
    [InlineData("""{"email": "FALSE"}""")]
    [InlineData("""{"e-mail": false}""")]
    [InlineData("""{"email": null}""")]
    [InlineData("""{"email": {"marketing": false}}""")]
    public async Task A_consent_that_is_not_understood_is_refused_because_it_could_be_a_no(string consent)
    {
        var office = await server.NewOfficeAsync();
        Assert.Equal(["consent"],
            (await office.Admin.PostAsync(Path, $$"""{"first_name": "A", "last_name": "B", "consent": {{consent}}}""")).MustNameFields());
        (await office.Admin.PostAsync(Path,
            """{"first_name": "A", "last_name": "B", "consent": {"email": false, "sms": true, "source": "website form"}}""")).Must(201);
    }

    private static Task<Answer> PostAsync(Office office, string? email = null, string? phone = null) =>
        office.Admin.PostAsync(Path, JsonSerializer.Serialize(new { first_name = "Test", last_name = "Contact", email, phone }));
}
