using System.Security.Cryptography;
using System.Text.Json;
using Npgsql;
using Polly;
using Polly.CircuitBreaker;
using Polly.Registry;
using RealEstateOs.Contracts.Auth;
using RealEstateOs.Platform.Contacts;
using RealEstateOs.Platform.Jobs;
using RealEstateOs.Platform.Persistence;
using RealEstateOs.Platform.Serialization;

namespace RealEstateOs.Platform.Messaging;

internal sealed class SendMail(
    UnitOfWork work, IMailTransport transport, MessageIds ids, ResiliencePipelineProvider<string> guards,
    IEnumerable<IMessageOwner> owners) : IJobHandler<MessageToSend>
{
    public const string Kind = "mail.send", Queue = "mails";

    public const string AccountKind = "mail.account";

    public Task<object?> RunAsync(MessageToSend input, JobContext context, CancellationToken ct) => Sending.RunAsync(
        work, owners, context, input, transport.Name, guards.GetPipeline(transport.Name),
        (row, token) => EmailAddress.Normalise(row.Recipient) is null
            ? throw new PermanentJobFailure("The recipient is not a valid e-mail address.")
            : transport.SendAsync(new OutgoingMail(row.Id, ids.Of(row.Id), row.ToMail(), row.CreatedAt), token), ct);
}

internal sealed class SendSms(
    UnitOfWork work, ISmsTransport transport, ResiliencePipelineProvider<string> guards, IEnumerable<IMessageOwner> owners,
    IOrganizationDirectory organizations) : IJobHandler<MessageToSend>
{
    public const string Kind = "sms.send", Queue = "sms";

    public Task<object?> RunAsync(MessageToSend input, JobContext context, CancellationToken ct) => Sending.RunAsync(
        work, owners, context, input, transport.Name, guards.GetPipeline(transport.Name), (row, token) => transport.SendAsync(
            new OutgoingSms(row.Id, new Sms(row.Recipient, row.Body) { Reference = row.Reference }, row.CreatedAt), token), ct, RestAsync);

    // A text that was late, or tried again, may have come into the recipient's night meanwhile.
    private async Task<TimeSpan> RestAsync(MessageRow row, CancellationToken ct)
    {
        var now = work.Clock.Now();
        return row.Reference is null ? TimeSpan.Zero
            : QuietHours.Next(row.Recipient, now, (await organizations.DefaultsAsync(ct)).TimeZone) - now;
    }
}

/// <summary>Sends a message that was not sent yet; the receipt and the end of the job are one commit.</summary>
internal static class Sending
{
    private static readonly TimeSpan Patience = TimeSpan.FromDays(1);

    private const string ReadSql =
        """
        select id, recipient, recipient_name, reply_to, subject, body, html, headers, reference, created_at, sent_at, is_aside, from_name
        from platform.messages where id = any($1) order by id
        """;

    private const string SentSql =
        """
        update platform.messages set sent_at = clock_timestamp(), transport = $2, provider_id = $3,
            body = case when is_secret then '(not kept: it held a secret)' else body end, html = case when is_secret then null else html end
        where id = $1 and platform.must_run($4, $5)
        """;

    private const string RunIsOver = "RE001"; // what platform.must_run says of one that was given up

    public static async Task<object?> RunAsync(
        UnitOfWork work, IEnumerable<IMessageOwner> owners, JobContext context, MessageToSend input, string transport,
        ResiliencePipeline guard,
        Func<MessageRow, CancellationToken, Task<Receipt>> send, CancellationToken ct,
        Func<MessageRow, CancellationToken, Task<TimeSpan>>? rest = null)
    {
        if (await ReadAsync(work, [input.MessageId], ct) is not [var row])
            throw new PermanentJobFailure("The message does not exist any more.");
        if (row.SentAt is not null) return new { message_id = row.Id, row.SentAt };
        if ((await MessageOwners.WithheldAsync(owners, [row], ct)).TryGetValue(row.Id, out var withheld))
            return new { message_id = row.Id, withheld };
        if (rest is not null && await rest(row, ct) is var night && night > TimeSpan.Zero)
            throw new RetryJobLater(night, "It waits for the hours at which the recipient may be written to.") { IsAttempt = false };
        await work.Connection.CloseAsync(); // a slow provider must not hold a database connection
        Receipt receipt;
        try
        {
            receipt = await GuardedAsync(guard, token => send(row, token), MaySpare(work, row), ct);
        }
        catch (Exception failure) when (!ct.IsCancellationRequested && failure is not RetryJobLater { IsAttempt: false }
            && (failure is PermanentJobFailure || context.IsLastAttempt))
        {
            if (MessageOwners.Find(owners, row.Reference) is { } owned)
                await work.InTransactionAsync(
                    () => owned.Owner.FailedAsync(owned.Id,
                        failure is PermanentJobFailure ? failure.Message : "The provider could not be reached.", ct), ct);
            throw;
        }
        var result = new { message_id = row.Id, transport, provider_id = receipt.ProviderId };
        await RecordAsync(work, owners, context, row, transport, receipt, () => context.CompleteWithNextCommit(work, () => result), ct);
        return result;
    }

    /// <summary>
    /// The receipt, what the owner makes of it and, where it is the job's last, the end of the job: one commit, unless the run was given up
    /// elsewhere. One round trip, where nothing else follows.
    /// </summary>
    public static async Task RecordAsync(
        UnitOfWork work, IEnumerable<IMessageOwner> owners, JobContext context, MessageRow row, string transport, Receipt receipt,
        Action? end, CancellationToken ct)
    {
        var sent = new MessageSent(row.Id, transport, receipt.ProviderId);
        var told = MessageOwners.Find(owners, row.Reference);
        var after = told?.Owner.AfterSent(told.Value.Id, sent);
        List<NpgsqlBatchCommand> statements = [Sent(context, sent)];
        if (told is { } owned) statements.Add(owned.Owner.Sent(owned.Id, sent));
        try
        {
            if (end is null && after is null) await work.ExecuteAsync(statements, ct);
            else await work.InTransactionAsync(async () =>
            {
                await work.ExecuteAsync(statements, ct);
                if (after is not null) await after(ct);
                end?.Invoke();
            }, ct);
        }
        catch (PostgresException fault) when (fault.SqlState == RunIsOver)
        {
            throw new JobLost();
        }
    }

    private static NpgsqlBatchCommand Sent(JobContext context, MessageSent sent) => new(SentSql)
    {
        Parameters =
        {
            new() { Value = sent.MessageId }, new() { Value = sent.Transport }, Parameter.Text(sent.ProviderId),
            new() { Value = context.Id.Value }, new() { Value = context.Run },
        },
    };

    /// <summary>While a provider is away, a message waits so long, no longer, without using up its attempts.</summary>
    public static bool MaySpare(UnitOfWork work, MessageRow row) => work.Clock.Now() - row.CreatedAt < Patience;

    // Up to three times as long, by chance: what waits for the same provider must not come back at once.
    private static TimeSpan Spread(TimeSpan delay) => delay * (1 + (RandomNumberGenerator.GetInt32(0, 2001) / 1000.0));

    /// <summary>
    /// While the provider is away, or asks for a pause, a message waits without using up its attempts; so long, no longer.
    /// </summary>
    public static async Task<Receipt> GuardedAsync(ResiliencePipeline guard, Func<CancellationToken, Task<Receipt>> send, bool maySpare,
        CancellationToken ct)
    {
        try
        {
            return await guard.ExecuteAsync(async token => await send(token), ct);
        }
        catch (BrokenCircuitException broken)
        {
            throw new RetryJobLater(Spread(broken.RetryAfter ?? TimeSpan.FromSeconds(20)), "The provider does not answer at the moment.",
                broken) { IsAttempt = !maySpare };
        }
        catch (RetryJobLater asked)
        {
            throw new RetryJobLater(Spread(asked.Delay), asked.Message, asked) { IsAttempt = !maySpare };
        }
    }

    public static async Task<List<MessageRow>> ReadAsync(UnitOfWork work, long[] ids, CancellationToken ct)
    {
        var rows = new List<MessageRow>(ids.Length);
        await using var command = new NpgsqlCommand(ReadSql, await work.OpenAsync(ct),
            work.Transaction) { Parameters = { new() { Value = ids } } };
        await using var reader = await command.ExecuteReaderAsync(ct);
        string? Text(int column) => reader.IsDBNull(column) ? null : reader.GetString(column);
        while (await reader.ReadAsync(ct))
            rows.Add(new MessageRow(
                reader.GetInt64(0), reader.GetString(1), Text(2), Text(3), Text(4), reader.GetString(5), Text(6),
                JsonSerializer.Deserialize<Dictionary<string, string>>(reader.GetString(7), Json.Options)!, Text(8),
                reader.GetFieldValue<DateTimeOffset>(9), reader.IsDBNull(10) ? null : reader.GetFieldValue<DateTimeOffset>(10),
                reader.GetBoolean(11), Text(12)));
        return rows;
    }
}

internal sealed record MessageRow(
    long Id, string Recipient, string? RecipientName, string? ReplyTo, string? Subject, string Body, string? Html,
    Dictionary<string, string> Headers,
    string? Reference, DateTimeOffset CreatedAt, DateTimeOffset? SentAt, bool IsAside,
    string? FromName)
{
    public Mail ToMail() => new(Recipient, Subject ?? "", Body) { ToName = RecipientName, ReplyTo = ReplyTo, Html = Html, Headers = Headers,
        Reference = Reference, FromName = FromName };
}
