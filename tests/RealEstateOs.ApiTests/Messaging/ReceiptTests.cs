using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using RealEstateOs.ApiTests.Fixture;
using RealEstateOs.Contracts.Auth;
using RealEstateOs.Contracts.Jobs;
using RealEstateOs.Platform.Jobs;
using RealEstateOs.Platform.Messaging;
using RealEstateOs.Platform.Persistence;
using RealEstateOs.Platform.Tenancy;

namespace RealEstateOs.ApiTests.Messaging;

/// <summary>What it costs to note that a mail has left, and what is noted where the run that sent it was given up meanwhile.</summary>
public sealed class ReceiptTests(Server server)
{
    private const string Sent = "platform.messages m join outreach.campaign_recipients r on m.reference = 'rcpt_' || r.id "
        + "where r.campaign_id = $1 and m.sent_at is not null and m.transport = 'folder' and r.state = 'sent' and r.sent_at is not null";

    private const string Waiting = "platform.messages m join outreach.campaign_recipients r on m.reference = 'rcpt_' || r.id "
        + "where r.campaign_id = $1 and m.sent_at is null and r.state = 'queued' and r.sent_at is null";

    [Fact]
    public async Task A_receipt_is_one_round_trip_with_what_the_campaign_notes_of_it()
    {
        var (few, many) = (await BatchAsync(1), await BatchAsync(6));
        using var counter = new StatementCounter();
        var (one, six) = (await counter.CountAsync(few.RunAsync), await counter.CountAsync(many.RunAsync));
        Assert.InRange(one, 1, 10);
        Assert.Equal(5, six - one);
        Assert.Equal((1, 6), (await server.CountAsync(Sent, few.Campaign), await server.CountAsync(Sent, many.Campaign)));
    }

    [Fact]
    public async Task A_run_that_was_given_up_elsewhere_notes_nothing_of_what_it_sent()
    {
        var batch = await BatchAsync(2);
        await server.ExecuteAsync("update platform.jobs set runs = runs + 1 where id = $1", batch.Job);
        await Assert.ThrowsAsync<JobLost>(batch.RunAsync);
        Assert.Equal(2, await server.CountAsync(Waiting, batch.Campaign));
    }

    [Fact]
    public async Task What_is_said_in_one_round_trip_is_said_again_where_the_session_had_died()
    {
        var (ct, batch) = (TestContext.Current.CancellationToken, await BatchAsync(1));
        await using var scope = Scope(batch.Organization);
        var work = scope.ServiceProvider.GetRequiredService<UnitOfWork>();
        for (var i = 0; i < 3; i++) await SayAsync("before"); // until it is prepared in that session
        await using (var ask = new NpgsqlCommand("select pg_backend_pid()", await work.OpenAsync(ct)))
        await using (var end = server.Services.GetRequiredService<DataSources>().App.CreateCommand(
            "select pg_terminate_backend($1, 5000)"))
        {
            end.Parameters.Add(new() { Value = (int)(await ask.ExecuteScalarAsync(ct))! });
            Assert.Equal(true, await end.ExecuteScalarAsync(ct));
        }
        await SayAsync("again");
        Assert.Equal(1, await server.CountAsync("outreach.campaign_recipients where campaign_id = $1 and reason = 'again'",
            batch.Campaign));

        Task SayAsync(string what) => work.ExecuteAsync(
            [new("update outreach.campaign_recipients set reason = $2 where campaign_id = $1")
            {
                Parameters = { new() { Value = batch.Campaign }, new() { Value = what } },
            }], ct);
    }

    private AsyncServiceScope Scope(OrganizationId organization) =>
        server.Services.GetRequiredService<IServiceScopeFactory>().CreateTenantScope(organization);

    /// <summary>Mails of a campaign and a run of the job that sends them, which no host begins.</summary>
    private async Task<Batch> BatchAsync(int mails)
    {
        var office = await server.NewOfficeAsync();
        var campaign = (await office.Admin.PostAsync("/api/v1/campaigns",
            new { name = "Open house", campaign_type = "email", subject = "Come", content = "Come and see." })).Must(201).Id();
        await IdsAsync(
            """
            insert into outreach.campaign_recipients (organization_id, campaign_id, lead_id, address, variables, token, state)
            select $1, $2, -n, 'receipt-' || gen_random_uuid() || '@example.com', '{}', gen_random_uuid()::text, 'queued'
            from generate_series(1, $3) as n returning id
            """, office.OrganizationId, campaign, mails);
        var messages = await IdsAsync(
            """
            with posted as (
                insert into platform.messages (organization_id, channel, recipient, subject, body, reference)
                select organization_id, 'email', address, 'Come', 'Come and see.', 'rcpt_' || id from outreach.campaign_recipients
                where campaign_id = $1 returning id, reference)
            update outreach.campaign_recipients r set message_id = p.id from posted p where p.reference = 'rcpt_' || r.id returning p.id
            """, campaign);
        var job = (await IdsAsync(
            """
            insert into platform.jobs (organization_id, kind, queue, input, state, attempts, runs, handed_at)
            values ($1, $2, $3, '{}', 'running', 1, 1, now() + interval '1 day') returning id
            """, office.OrganizationId, SendMailBatch.Kind, SendMail.Queue))[0];
        var organization = new OrganizationId(office.OrganizationId);
        return new Batch(organization, campaign, job, async () =>
        {
            await using var scope = Scope(organization);
            var kind = server.Services.GetRequiredService<JobKinds>().Find(SendMailBatch.Kind)!;
            var claimed = new ClaimedJob(new JobId(job), organization, kind.Name, default, 1, 1, null, null, null);
            var context = new JobContext(claimed, kind, server.Services.GetRequiredService<JobStore>(),
                server.Services.GetRequiredService<Foreground>(), TimeProvider.System);
            await kind.Run(scope.ServiceProvider, JsonSerializer.SerializeToElement(new { message_ids = messages }), context,
                TestContext.Current.CancellationToken);
        });
    }

    private async Task<long[]> IdsAsync(string sql, params object[] values)
    {
        await using var command = server.Services.GetRequiredService<DataSources>().System.CreateCommand(sql);
        foreach (var value in values) command.Parameters.Add(new NpgsqlParameter { Value = value });
        await using var reader = await command.ExecuteReaderAsync(TestContext.Current.CancellationToken);
        var ids = new List<long>();
        while (await reader.ReadAsync(TestContext.Current.CancellationToken)) ids.Add(reader.GetInt64(0));
        return [.. ids];
    }

    private sealed record Batch(OrganizationId Organization, long Campaign, long Job, Func<Task> RunAsync);
}
