using Npgsql;
using Polly;
using Polly.Registry;
using RealEstateOs.Platform.Jobs;
using RealEstateOs.Platform.Persistence;

namespace RealEstateOs.Platform.Messaging;

/// <summary>The mails that one job sends, a batch of those that were posted together.</summary>
internal sealed record MailsToSend(long[] MessageIds);

/// <summary>
/// Sends mails one after the other, each receipt a commit of its own, so that a killed host repeats at most the one that was under way.
/// One that is refused or fails is put aside: it becomes a job with attempts and an end of its own, and the others go on.
/// </summary>
internal sealed class SendMailBatch(
    UnitOfWork work, JobQueue jobs, IMailTransport transport, MessageIds names, ResiliencePipelineProvider<string> guards,
    IEnumerable<IMessageOwner> owners) : IJobHandler<MailsToSend>
{
    public const string Kind = "mail.batch";
    public const int Most = 100;
    private const int CheckedAtOnce = 20;

    private readonly ResiliencePipeline guard = guards.GetPipeline(transport.Name);

    public async Task<object?> RunAsync(MailsToSend input, JobContext context, CancellationToken ct)
    {
        var (done, sent, aside) = (0, 0, 0);
        foreach (var ids in input.MessageIds.Chunk(CheckedAtOnce))
        {
            var rows = (await Sending.ReadAsync(work, ids, ct)).FindAll(r => r.SentAt is null && !r.IsAside);
            var withheld = await MessageOwners.WithheldAsync(owners, rows, ct);
            foreach (var row in rows.Where(r => !withheld.ContainsKey(r.Id)))
            {
                await work.Connection.CloseAsync(); // a slow provider must not hold a database connection
                await context.GiveWayAsync(ct);
                if (await TrySendAsync(row, ct) is { } receipt)
                {
                    await Sending.RecordAsync(work, owners, context, row, transport.Name, receipt, null, ct);
                    sent++;
                }
                else
                {
                    await PutAsideAsync(row, ct);
                    aside++;
                }
            }
            await context.ReportAsync(100 * (done += ids.Length) / input.MessageIds.Length, null, ct);
        }
        return new { sent, put_aside = aside };
    }

    // A provider that is away, or asks for a pause, holds up the batch; any other fault is this mail's.
    private async Task<Receipt?> TrySendAsync(MessageRow row, CancellationToken ct)
    {
        try
        {
            var mail = new OutgoingMail(row.Id, names.Of(row.Id), row.ToMail(), row.CreatedAt);
            return await Sending.GuardedAsync(guard, token => transport.SendAsync(mail, token), Sending.MaySpare(work, row), ct);
        }
        catch (Exception fault) when (fault is not RetryJobLater && !ct.IsCancellationRequested)
        {
            return null;
        }
    }

    private Task PutAsideAsync(MessageRow row, CancellationToken ct) => work.InTransactionAsync(async () =>
    {
        await using var command = new NpgsqlCommand("update platform.messages set is_aside = true where id = $1", work.Connection,
            work.Transaction) { Parameters = { new() { Value = row.Id } } };
        await command.ExecuteNonQueryAsync(ct);
        await jobs.EnqueueAsync(SendMail.Kind, new MessageToSend(row.Id), ct);
    }, ct);
}
