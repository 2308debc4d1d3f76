using System.Text.RegularExpressions;
using RealEstateOs.ApiTests.Communications;
using RealEstateOs.ApiTests.Fixture;
using RealEstateOs.ApiTests.Messaging;

namespace RealEstateOs.ApiTests.Survival;

public sealed partial class FrozenHostTests(Server server)
{
    private const string RunsAt =
        """
        select s.data ->> 'ServerId' from platform.jobs j
        join hangfire.job h on h.id = j.hangfire_id join hangfire.state s on s.id = h.stateid
        where j.kind = 'mail.send' and j.state = 'running' and s.name = 'Processing'
        """;

    private const string Traces =
        """
        select 'sent ' || sent_at from platform.messages where recipient = 'owner@example.com' union all
        select concat_ws(' ', 'job', state, runs, attempts, finished_at) from platform.jobs where kind = 'mail.send' union all
        select 'event ' || id from platform.outbox where event_type = 'memo.generated' union all
        select 'timeline ' || id from properties.timeline_entries where event_type = 'memo_sent' order by 1
        """;

    [Fact]
    public async Task A_host_that_was_frozen_for_longer_than_its_lease_commits_nothing_when_it_wakes()
    {
        await using var sink = new SmtpSink();
        await using var own = await OwnInstallation.OpenAsync(server, ("Mail:Transport", "smtp"), ("Smtp:Host", "127.0.0.1"),
            ("Smtp:Port", $"{sink.Port}"), ("Jobs:Lease", "00:00:02"), ("Jobs:Recheck", "00:00:01"), ("Cma:SampleMarket", "false"));
        await using var one = await own.StartAsync();
        await using var two = await own.StartAsync();
        var (_, admin) = await OwnInstallation.RegisterAsync(one);
        await Eventually.UntilAsync(() => own.CountAsync("platform.jobs where queue like '%mails' and state <> 'completed'"), n => n == 0);

        // The mail server is in no hurry to hear of the memo; whoever brings it stands still meanwhile.
        TaskCompletionSource held = new(TaskCreationOptions.RunContinuationsAsynchronously), go = new();
        sink.Pause = () => held.TrySetResult() ? go.Task : Task.CompletedTask;
        try
        {
            var property = (await admin.PostAsync("/api/v1/properties", Samples.Property(("owner_email", "owner@example.com"))))
                .Must(201).Id();
            var template = (await admin.GetAsync("/api/v1/communications/templates?type=email")).Must(200).Items().First().Id();
            (await admin.PostAsync(Outbox.Memo, new { property_id = property, template_id = template })).Must(200);
            await held.Task.WaitAsync(Eventually.Patience, TestContext.Current.CancellationToken);
            var host = Assert.Single(await own.TextsAsync(RunsAt));
            var (frozen, other) = host.Contains($":{one.Id}:", StringComparison.Ordinal) ? (one, two) : (two, one);
            frozen.Freeze();
            await Eventually.UntilAsync(() => own.CountAsync("platform.jobs where kind = 'mail.send' and state = 'completed'"),
                n => n == 1);
            var traces = await own.TextsAsync(Traces);
            Assert.Equal(["event", "job", "sent", "timeline"], traces.Select(t => t.Split(' ')[0]));
            Assert.Contains("completed 2 2", traces[1], StringComparison.Ordinal);

            go.SetResult();
            frozen.Thaw();
            // Either its commit was refused, or it noticed before it came so far.
            Assert.Contains(await OutcomeAsync(frozen), new[] { "lost", "put_back" });
            Assert.Equal("completed", await OutcomeAsync(other));
            Assert.Equal(traces, await own.TextsAsync(Traces));
            Assert.Single(sink.Mails.Where(m => m.Recipient == "owner@example.com").Select(m => m.MessageId).Distinct());
        }
        finally
        {
            go.TrySetResult();
        }
    }

    /// <summary>How the only run of the memo's job on this host ended, once it has.</summary>
    private static async Task<string> OutcomeAsync(HostProcess host)
    {
        var ended = await Eventually.UntilAsync(
            async () => Ended().Match((await new Actor(host.Client, null).GetAsync("/metrics")).Text), run => run.Success);
        return ended.Groups["outcome"].Value;
    }

    [GeneratedRegex("jobs_duration_seconds_count\\{[^}]*kind=\"mail.send\",outcome=\"(?<outcome>\\w+)\"[^}]*\\} 1\n")]
    private static partial Regex Ended();
}
