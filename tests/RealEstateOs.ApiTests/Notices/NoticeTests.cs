using Microsoft.Extensions.DependencyInjection;
using RealEstateOs.ApiTests.Communications;
using RealEstateOs.ApiTests.Fixture;
using RealEstateOs.ApiTests.Leads;
using RealEstateOs.Operations.Notices;

namespace RealEstateOs.ApiTests.Notices;

public sealed class NoticeTests(Server server)
{
    [Fact]
    public async Task What_others_did_with_ones_leads_and_deals_comes_as_one_mail_and_once()
    {
        var (office, agent, email) = await NewAgentAsync(confirmed: true);
        foreach (var name in (string[])["Layla", "Omar", "Mei"])
            await office.NewLeadAsync(("first_name", name), ("last_name", "Lead"), ("email", $"{Guid.NewGuid():n}@example.com"),
                ("assigned_to", agent.Id));
        var property = await office.NewPropertyAsync(Samples.Property(("address", "Quay House 9")));
        var deal = (await office.Admin.PostAsync("/api/v1/deals",
            new { property_id = property, deal_type = "sale", value = 1, assigned_to = agent.Id })).Must(201).Id();
        (await office.Admin.PatchAsync($"/api/v1/deals/{deal}", new { stage = "negotiation" })).Must(200);
        // One's own doings are no news.
        (await agent.Actor.PatchAsync($"/api/v1/deals/{deal}", new { stage = "contract" })).Must(200);
        await GatheredAsync(office, 4);
        await MailAsync(office);
        await MailAsync(office);
        Assert.Equal(1, await server.CountAsync("platform.messages where recipient = $1 and subject like $2", email,
            "New leads: 3; Deals that moved: Quay House 9: lead to negotiation"));
        Assert.Equal(1,
            await server.CountAsync("platform.messages where recipient = $1 and body like '%Layla Lead, "
                + "score%' and body like '%Omar Lead%' and body like '%Mei Lead%'", email));
        Assert.Equal(0, await server.CountAsync("operations.notices where organization_id = $1", office.OrganizationId));
    }

    [Fact]
    public async Task An_address_that_nobody_confirmed_gets_none()
    {
        var (office, agent, email) = await NewAgentAsync(confirmed: false);
        await office.NewLeadAsync(("email", "x@example.com"), ("assigned_to", agent.Id));
        await GatheredAsync(office, 1);
        await MailAsync(office);
        Assert.Equal(0, await server.CountAsync("platform.messages where recipient = $1 and subject like 'New leads%'", email));
        Assert.Equal(0, await server.CountAsync("operations.notices where organization_id = $1", office.OrganizationId));
    }

    [Fact]
    public async Task An_office_that_writes_arabic_is_told_so_under_its_name_and_each_line_leads_to_its_record()
    {
        var (office, agent, email) = await NewAgentAsync(confirmed: true);
        (await office.Admin.PatchAsync("/api/v1/organization", new { locale = "ar-AE", primary_color = "#7a1f3d" })).Must(200);
        var lead = (await office.NewLeadAsync(("first_name", "ليلى"), ("email", $"{Guid.NewGuid():n}@example.com"),
            ("assigned_to", agent.Id))).Id();
        await GatheredAsync(office, 1);
        await MailAsync(office);
        var mail = await Outbox.ReadAsync(server, email, m => m.Subject!.StartsWith("عملاء محتملون جدد", StringComparison.Ordinal));
        Assert.Equal("Test Realty", mail.From.Mailboxes.Single().Name);
        foreach (var said in (string[])["dir=\"rtl\"", "#7a1f3d", "ليلى", $"https://app.example.com/open/lead_{lead}"])
            Assert.Contains(said, mail.HtmlBody, StringComparison.Ordinal);
        Assert.Contains($"https://app.example.com/open/lead_{lead}", mail.TextBody, StringComparison.Ordinal);
    }

    private async Task<(Office Office, (Actor Actor, long Id, string Email) Agent, string Email)> NewAgentAsync(bool confirmed)
    {
        var office = await server.NewOfficeAsync();
        var agent = await office.NewUserAsync("agent");
        await server.ExecuteAsync(confirmed ? "update auth.users set email_verified_at = now() where id = $1"
            : "update auth.users set email_verified_at = null where id = $1", agent.Id);
        return (office, agent, agent.Email);
    }

    private Task GatheredAsync(Office office, int count) =>
        Eventually.UntilAsync(() => server.CountAsync("operations.notices where organization_id = $1", office.OrganizationId),
            n => n == count);

    private async Task MailAsync(Office office)
    {
        await using (var command = server.Services.GetRequiredService<RealEstateOs.Platform.Persistence.DataSources>().System
            .CreateCommand("update operations.notices set created_at = now() - interval '1 minute' where organization_id = $1"))
        {
            command.Parameters.Add(new() { Value = office.OrganizationId });
            await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
        }
        await ActivatorUtilities.CreateInstance<MailNotices>(server.Services).RunAsync(null!, TestContext.Current.CancellationToken);
    }
}
