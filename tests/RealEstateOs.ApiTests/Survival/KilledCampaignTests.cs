using System.Diagnostics;
using System.Text.Json;
using RealEstateOs.ApiTests.Campaigns;
using RealEstateOs.ApiTests.Fixture;
using RealEstateOs.ApiTests.Messaging;

namespace RealEstateOs.ApiTests.Survival;

public sealed class KilledCampaignTests(Server server, ITestOutputHelper output)
{
    /// <summary>REOS_CAMPAIGN_RECIPIENTS=10000 REOS_CAMPAIGN_KILLS=5 for the long run.</summary>
    private static readonly int Recipients = Setting("REOS_CAMPAIGN_RECIPIENTS", 150), Kills = Setting("REOS_CAMPAIGN_KILLS", 2);

    [Fact]
    public async Task A_campaign_whose_host_is_killed_on_the_way_reaches_everybody_and_a_second_copy_can_be_told()
    {
        var ct = TestContext.Current.CancellationToken;
        await using var sink = new SmtpSink();
        await using var own = await OwnInstallation.OpenAsync(server,
            ("Mail:Transport", "smtp"), ("Smtp:Host", "127.0.0.1"), ("Smtp:Port", $"{sink.Port}"),
            ("Jobs:Lease", Recipients > 1000 ? "00:00:15" : "00:00:02"), ("Cma:SampleMarket", "false"));
        await using var first = await own.StartAsync();
        var (office, admin) = await OwnInstallation.RegisterAsync(first);
        await LeadCrowd.InsertAsync(own.Addresses.SystemConnectionString, office.Long("organization.id"), Recipients);
        var killer = new Killer(sink, first);
        var clock = Stopwatch.StartNew();
        var campaign = (await admin.PostAsync("/api/v1/campaigns", new { name = "Open house", campaign_type = "email",
            subject = "For {{first_name}}", content = "Dear {{full_name}}, come and see." })).Must(201).Id();
        (await admin.PostAsync($"/api/v1/campaigns/{campaign}/send", new { })).Must(202);

        var host = first;
        for (var killed = 1; killed <= Kills; killed++)
        {
            await host.EndedAsync(ct).WaitAsync(TimeSpan.FromSeconds(120), ct);
            if (host != first) await host.DisposeAsync();
            host = await own.StartAsync();
            killer.Next(host);
        }
        var ended = await EndedAsync(new Actor(host.Client, admin.Token), campaign);
        if (host != first) await host.DisposeAsync();

        var taken = sink.Mails.Where(LeadCrowd.Has).ToList();
        var (mails, people) = (taken.DistinctBy(m => m.MessageId).Count(), taken.GroupBy(m => m.Recipient).ToList());
        output.WriteLine($"{Recipients} recipients, {Kills} kills: {mails} distinct mails to {people.Count} people, "
            + $"{taken.Count - mails} second copies with the same Message-Id, {clock.Elapsed.TotalSeconds:0.0} s.");
        Assert.Equal((Recipients, Recipients), (ended.Long("sent_count"), ended.Long("total_recipients")));
        Assert.Equal((Recipients, Recipients), (mails, people.Count));
        Assert.All(people, p => Assert.Single(p.DistinctBy(m => m.MessageId)));
        // A copy for each mail that was with the server when the host died, at most: a host sends eight at once.
        Assert.InRange(taken.Count - mails, killer.BetweenAcceptanceAndRecord, Kills * 8);
    }

    /// <summary>Kills by turns when a mail was just taken but its sender does not know, and before a mail is taken.</summary>
    private sealed class Killer
    {
        private readonly SmtpSink sink;
        private readonly Lock gate = new();
        private TaskCompletionSource<HostProcess> victim = new();
        private int done;

        public Killer(SmtpSink sink, HostProcess first)
        {
            (this.sink, sink.Answer) = (sink, Hear);
            // A host sends while it starts; the mails wait until there is one that may be killed.
            sink.Pause = () => IsDue ? victim.Task : Task.CompletedTask;
            Next(first);
        }

        public int BetweenAcceptanceAndRecord { get; private set; }

        private bool IsDue => done < Kills && sink.Mails.Count >= Recipients * (done + 1) / (Kills + 1);

        public void Next(HostProcess host) => victim.SetResult(host);

        private string? Hear(string command)
        {
            lock (gate)
            {
                if (!IsDue || !victim.Task.IsCompleted || command != (done % 2 == 0 ? "." : "DATA")) return null;
                if (command == ".") BetweenAcceptanceAndRecord++;
                done++;
                victim.Task.Result.Kill();
                victim = new TaskCompletionSource<HostProcess>(TaskCreationOptions.RunContinuationsAsynchronously);
                return "";
            }
        }
    }

    private static Task<JsonElement> EndedAsync(Actor admin, long campaign) => Eventually.UntilAsync(
        async () => (await admin.GetAsync($"/api/v1/campaigns/{campaign}")).Must(200), seen => seen.Text("status") == "completed",
        Eventually.Patience + TimeSpan.FromSeconds(Recipients / 20));

    private static int Setting(string name, int usual) =>
        int.TryParse(Environment.GetEnvironmentVariable(name), out var value) ? value : usual;
}
