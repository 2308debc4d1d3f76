using System.Text.Json;
using RealEstateOs.ApiTests.Campaigns;
using RealEstateOs.ApiTests.Fixture;
using RealEstateOs.ApiTests.Messaging;

namespace RealEstateOs.ApiTests.Survival;

public sealed class KilledSequenceTests(Server server)
{
    private const int Leads = 60;

    [Fact]
    public async Task A_host_that_is_killed_between_steps_leaves_none_out_and_does_none_twice()
    {
        var ct = TestContext.Current.CancellationToken;
        await using var sink = new SmtpSink();
        await using var own = await OwnInstallation.OpenAsync(server,
            ("Mail:Transport", "smtp"), ("Smtp:Host", "127.0.0.1"), ("Smtp:Port", $"{sink.Port}"), ("Jobs:Lease", "00:00:02"),
            ("Nurturing:Schedule", "0/2 * * * * ?"), ("Cma:SampleMarket", "false"));
        await using var first = await own.StartAsync();
        var (office, admin) = await OwnInstallation.RegisterAsync(first);
        await LeadCrowd.InsertAsync(own.Addresses.SystemConnectionString, office.Long("organization.id"), Leads);
        var sequence = (await admin.PostAsync("/api/v1/nurturing/sequences", new
        {
            name = "Two letters and a call",
            steps = new object[] { new { type = "email", subject = "One for {{first_name}}", content = "x" },
                new { type = "email", subject = "Two for {{first_name}}", content = "x" }, new { type = "task", subject = "Call" } },
        })).Must(201).Id();
        (await admin.PostAsync($"/api/v1/nurturing/sequences/{sequence}/enroll", new { filters = new { status = new[] { "new" } } })).Must(
            202);
        await Eventually.UntilAsync(() => Task.FromResult(sink.Mails.Count(LeadCrowd.Has)), mails => mails >= 20);
        first.Kill();
        await first.EndedAsync(ct);

        await using var second = await own.StartAsync();
        var again = new Actor(second.Client, admin.Token);
        await Eventually.UntilAsync(async () => (await again.GetAsync($"/api/v1/nurturing/sequences/{sequence}/stats")).Must(200),
            s => Sum(s, "done") == 3 * Leads && Sum(s, "sent") == 2 * Leads);
        var mails = sink.Mails.Where(LeadCrowd.Has).DistinctBy(m => m.MessageId).ToList();
        Assert.Equal(2 * Leads, mails.Count);
        Assert.All(mails.GroupBy(m => m.Recipient), person => Assert.Equal(2, person.Count()));
        foreach (var lead in (await again.GetAsync($"/api/v1/leads?limit={Leads}")).Must(200).Items().Take(10))
            Assert.Single((await again.GetAsync($"/api/v1/leads/{lead.Id()}/activities")).Must(200).Items(),
                a => a.Text("subject") == "Call");
    }

    private static long Sum(JsonElement stats, string figure) => stats.At("steps").Items().Sum(s => s.Long(figure));
}
