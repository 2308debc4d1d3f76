using Microsoft.Extensions.DependencyInjection;
using MimeKit;
using RealEstateOs.ApiTests.Communications;
using RealEstateOs.ApiTests.Fixture;
using RealEstateOs.Platform.Jobs;

namespace RealEstateOs.ApiTests.Analytics;

public sealed class DailyReportTests(Server server)
{
    [Fact]
    public async Task An_office_is_told_once_in_its_morning_what_happened_yesterday_and_only_who_may_read_it()
    {
        var office = await server.NewOfficeAsync("Morning Realty");
        var (_, _, agent) = await office.NewUserAsync("agent");
        await ConfirmAsync(office);
        await MorningAsync(office, hour: 9);
        for (var i = 0; i < 3; i++)
            (await office.Admin.PostAsync("/api/v1/leads",
                new { first_name = "Lina", last_name = "Lead", email = $"l{i}-{Guid.NewGuid():n}@example.com", source = "website" })).Must(
                    201);
        var yesterday = (await office.Admin.GetAsync("/api/v1/leads")).Must(200).Items().Take(2);
        foreach (var lead in yesterday)
            await server.ExecuteAsync("update leads.leads set created_at = now() - interval '1 day' where id = $1", lead.Id());

        await RunAsync();
        await Eventually.UntilAsync(() => Reports(office.AdminEmail).Any());
        var text = Reports(office.AdminEmail).First();
        Assert.StartsWith("Morning Realty: ", text, StringComparison.Ordinal);
        Assert.Contains("New leads: 2\n", text, StringComparison.Ordinal);
        Assert.Contains("Deals won: 0\n", text, StringComparison.Ordinal);
        await RunAsync();
        Assert.Equal(1, await server.CountAsync("platform.messages where html like '%reports:daily%' and organization_id = $1",
            office.OrganizationId));
        Assert.Single(Reports(office.AdminEmail));
        Assert.Empty(Reports(agent));
    }

    [Fact]
    public async Task An_office_that_writes_arabic_is_told_in_arabic()
    {
        var office = await server.NewOfficeAsync("Morning Realty");
        (await office.Admin.PatchAsync("/api/v1/organization", new { locale = "ar-AE" })).Must(200);
        await ConfirmAsync(office);
        await MorningAsync(office, hour: 9);
        var lead = (await office.Admin.PostAsync("/api/v1/leads", new { first_name = "Lina", source = "website" })).Must(201).Id();
        await server.ExecuteAsync("update leads.leads set created_at = now() - interval '1 day' where id = $1", lead);
        await RunAsync();
        await Eventually.UntilAsync(() => Reports(office.AdminEmail).Any());
        Assert.Contains("عملاء محتملون جدد: 1\n", Reports(office.AdminEmail).Single(), StringComparison.Ordinal);
        Assert.Equal(1, await server.CountAsync("platform.messages where html like '%dir=\"rtl\"%reports:daily%' and organization_id = $1",
            office.OrganizationId));
    }

    [Theory]
    [InlineData(6, false)] // too early
    [InlineData(13, false)] // too late
    [InlineData(10, true)] // nothing to tell
    public async Task Nobody_is_told_at_other_hours_or_about_nothing(int hour, bool empty)
    {
        var office = await server.NewOfficeAsync();
        await ConfirmAsync(office);
        await MorningAsync(office, hour);
        if (!empty)
            (await office.Admin.PostAsync("/api/v1/leads",
                new { first_name = "Lina", last_name = "Lead", email = $"l-{Guid.NewGuid():n}@example.com", source = "website" })).Must(
                    201);
        await RunAsync();
        Assert.Equal(0, await server.CountAsync("platform.messages where html like '%reports:daily%' and organization_id = $1",
            office.OrganizationId));
        Assert.Equal(empty ? 1 : 0, await server.CountAsync("analytics.daily_reports where organization_id = $1", office.OrganizationId));
    }

    private List<string> Reports(string reader)
    {
        var texts = new List<string>();
        foreach (var file in Outbox.Mails(server, reader))
        {
            using var mail = MimeMessage.Load(file, TestContext.Current.CancellationToken);
            if (mail.TextBody!.Contains("reports:daily", StringComparison.Ordinal)) texts.Add(mail.TextBody.ReplaceLineEndings("\n"));
        }
        return texts;
    }

    /// <summary>Gives the office a zone in which it is this hour now, and a past.</summary>
    private async Task MorningAsync(Office office, int hour)
    {
        var ahead = hour - TimeProvider.System.GetUtcNow().Hour;
        if (ahead < -12) ahead += 24;
        // These zones are named the other way round: Etc/GMT-4 is four hours ahead.
        (await office.Admin.PatchAsync("/api/v1/organization",
            new { time_zone = ahead <= 0 ? $"Etc/GMT+{-ahead}" : $"Etc/GMT-{ahead}" })).Must(200);
        await server.ExecuteAsync("update auth.organizations set created_at = now() - interval '9 days' where id = $1",
            office.OrganizationId);
    }

    private Task ConfirmAsync(Office office) =>
        server.ExecuteAsync("update auth.users set email_verified_at = now() where id = $1", office.AdminId);

    private async Task RunAsync()
    {
        await using var scope = server.Services.CreateAsyncScope();
        var job = await scope.ServiceProvider.GetRequiredService<JobQueue>().EnqueueForInstallationAsync("report.daily", new NoInput(),
            CancellationToken.None);
        await Eventually.UntilAsync(
            () => server.CountAsync("platform.jobs where state = 'completed' and id = $1", job.Value), done => done > 0);
    }
}
