using Npgsql;
using RealEstateOs.Contracts.Auth;
using RealEstateOs.Contracts.Ids;
using RealEstateOs.Contracts.Outreach;
using RealEstateOs.Platform.Http;
using RealEstateOs.Platform.Jobs;
using RealEstateOs.Platform.Persistence;
using RealEstateOs.Platform.Serialization;

namespace RealEstateOs.Outreach.Campaigns;

/// <summary>
/// Counts how far a campaign is, tells the stream, and ends it when nobody is left to write to; else it looks again a little later.
/// </summary>
internal sealed class WatchCampaign(OutreachDb db, JobQueue jobs, TagCache tags, TimeProvider clock) : IJobHandler<CampaignToSend>
{
    public const string Kind = "campaign.watch";

    private const string CountSql =
        """
        with counted as (
            select count(*) as total, count(*) filter (where state = 'sent') as sent, count(*) filter (where state = 'failed') as failed,
                   count(*) filter (where state = 'suppressed') as suppressed,
                   count(*) filter (where state in ('pending', 'queued')) as open
            from outreach.campaign_recipients where campaign_id = $1)
        update outreach.campaigns c set total_recipients = total, sent_count = sent, failed_count = failed, suppressed_count = suppressed,
            status = case when c.status = 'in_progress' and c.audience_complete and open = 0 then 'completed' else c.status end,
            completed_at = case when c.status = 'in_progress' and c.audience_complete and open = 0 then $2 else c.completed_at end
        from counted where c.id = $1
        returning c.status, c.name, c.total_recipients, c.sent_count, c.failed_count, c.suppressed_count, c.created_by, c.xmin,
        c.started_at, c.status = 'completed' and c.completed_at = $2
        """;

    public async Task<object?> RunAsync(CampaignToSend input, JobContext context, CancellationToken ct)
    {
        var (id, now) = (input.CampaignId, clock.Now());
        TimeSpan? again;
        await db.Work.BeginAsync(ct);
        await using (var command = new NpgsqlCommand(CountSql, db.Work.Connection,
            db.Work.Transaction) { Parameters = { new() { Value = id.Value }, new() { Value = now } } })
        await using (var row = await command.ExecuteReaderAsync(ct))
        {
            if (!await row.ReadAsync(ct)) return null;
            Vocabulary.TryRead<CampaignStatus>(row.GetString(0), out var status);
            var (name, total, sent, failed, suppressed) = (row.GetString(1), row.GetInt32(2), row.GetInt32(3), row.GetInt32(4),
                row.GetInt32(5));
            UserId? by = row.IsDBNull(6) ? null : new UserId(row.GetInt64(6));
            tags.Track(db.Work, [(new CountedCampaign(id, row.GetFieldValue<uint>(7)), true)]);
            db.Raise(() => new CampaignProgress(id, status, total, sent, failed, suppressed, by));
            if (!row.IsDBNull(9) && row.GetBoolean(9)) db.Raise(() => new CampaignCompleted(id, name, total, sent, failed, suppressed, by));
            again = status == CampaignStatus.InProgress ? Wait(now - (row.IsDBNull(8) ? now : row.GetFieldValue<DateTimeOffset>(8))) : null;
        }
        context.CompleteWithNextCommit(db.Work, () => null);
        // After this job has ended: there is room for the next.
        if (again is { } wait) db.Work.BeforeCommit(token => EnqueueAsync(jobs, id, now + wait, token));
        await db.SaveChangesAsync(ct);
        await db.Work.CommitAsync(ct);
        return null;
    }

    /// <summary>
    /// One watch for a campaign, however often it is paused and resumed. A watch that ends because the campaign is paused holds the
    /// campaign's row until it has ended, so that whoever resumes it finds either a watch that goes on or room for a new one.
    /// </summary>
    public static Task EnqueueAsync(JobQueue jobs, CampaignId id, DateTimeOffset at, CancellationToken ct) =>
        jobs.EnqueueAsync(Kind, new CampaignToSend(id), ct, at, uniqueKey: id.Reference());

    // Often at first, for those who watch; a campaign that waits for a provider is looked at now and then.
    private static TimeSpan Wait(TimeSpan age) => TimeSpan.FromSeconds(Math.Clamp(age.TotalSeconds / 30, 1, 30));
}

/// <summary>A campaign whose counters changed by a statement.</summary>
internal sealed record CountedCampaign(CampaignId Id, uint Version) : IVersioned
{
    public string Reference => Id.Reference();
}
