using System.Text.Json;
using Npgsql;
using NpgsqlTypes;
using RealEstateOs.Contracts.Jobs;
using RealEstateOs.Platform.Contacts;
using RealEstateOs.Platform.Jobs;
using RealEstateOs.Platform.Persistence;
using RealEstateOs.Platform.Serialization;

namespace RealEstateOs.Platform.Messaging;

/// <summary>Posts mails and text messages of the current tenant: they leave if, and only if, the scope's transaction commits.</summary>
public sealed class Mailbox(UnitOfWork work, JobQueue jobs)
{
    /// <summary>The queue of what somebody waits for to get into their account.</summary>
    public const string AccountQueue = "account-mails";

    private const string Sql =
        """
        insert into platform.messages (organization_id, channel, recipient, recipient_name, reply_to, subject, body, html, headers,
            reference, created_by, is_secret, from_name)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13) returning id
        """;

    private const string ManySql =
        """
        with posted as (
            insert into platform.messages (organization_id, channel, recipient, recipient_name, reply_to, subject, body, html, headers,
                reference, from_name, created_by)
            select $1, $4, recipient, name, reply_to, subject, body, html, coalesce(headers::jsonb, '{}'), reference, from_name, $2
            from unnest($7::text[], $8::text[], $9::text[], $10::text[], $11::text[], $12::text[], $13::text[], $14::text[], $15::text[])
                with ordinality as t(recipient, name, reply_to, subject, body, html, headers, reference, from_name, place) order by place
            returning id),
        numbered as (select id, row_number() over (order by id) as place from posted),
        queued as (
            insert into platform.jobs (organization_id, kind, queue, input, run_at, created_by, request_id)
            select $1, $5, $6, case when $17 = 1 then jsonb_build_object('message_id', min(id))
                else jsonb_build_object('message_ids', jsonb_agg(id order by id)) end,
                coalesce(min(($16::timestamptz[])[place]), now()), $2, $3
            from numbered group by (place - 1) / $17 order by (place - 1) / $17)
        select id from posted
        """;

    public async Task<PostedMessage> PostAsync(Mail mail, CancellationToken ct, DateTimeOffset? sendAt = null)
    {
        if (EmailAddress.Normalise(mail.To) is null) throw new ArgumentException("A mail needs an address to go to.", nameof(mail));
        if (mail.Headers.Any(h => (h.Key + h.Value).AsSpan().ContainsAny('\r', '\n')))
            throw new ArgumentException("A header is one line.", nameof(mail));
        return await PostAsync(mail.IsForAccount ? SendMail.AccountKind : SendMail.Kind, ct, sendAt,
            new() { Value = work.Tenant.Required.Value }, new() { Value = "email" }, new() { Value = mail.To }, Parameter.Text(mail.ToName),
            Parameter.Text(mail.ReplyTo),
            new() { Value = OneLine(mail.Subject) }, new() { Value = mail.Text }, Parameter.Text(mail.Html),
            Parameter.Json(JsonSerializer.Serialize(mail.Headers, Json.Options)),
            Parameter.Text(mail.Reference), Parameter.Long(work.Tenant.User?.Value), new() { Value = mail.IsSecret },
            Parameter.Text(mail.FromName));
    }

    public Task<PostedMessage> PostAsync(Sms sms, CancellationToken ct, DateTimeOffset? sendAt = null) =>
        PostAsync(SendSms.Kind, ct, sendAt,
            new() { Value = work.Tenant.Required.Value }, new() { Value = "sms" }, new() { Value = sms.To }, Parameter.Text(null),
            Parameter.Text(null),
            Parameter.Text(null), new() { Value = sms.Text }, Parameter.Text(null), Parameter.Json("{}"), Parameter.Text(sms.Reference),
            Parameter.Long(work.Tenant.User?.Value), new() { Value = false }, Parameter.Text(null));

    /// <summary>
    /// Posts many mails with one statement, within the caller's transaction; a job sends up to a hundred. Answers the ids of the messages
    /// in their order.
    /// </summary>
    public Task<List<long>> PostManyAsync(IReadOnlyList<Mail> mails, CancellationToken ct)
    {
        NpgsqlParameter Each(Func<Mail, string?> part) => Parameter.Texts(mails.Select(part));
        return PostManyAsync("email", SendMailBatch.Kind, SendMailBatch.Most, mails.Count, [], ct, Each(m => m.To), Each(m => m.ToName),
            Each(m => m.ReplyTo), Each(m => OneLine(m.Subject)), Each(m => m.Text), Each(m => m.Html),
            Each(m => JsonSerializer.Serialize(m.Headers, Json.Options)), Each(m => m.Reference), Each(m => m.FromName));
    }

    /// <summary>Text messages likewise, each with the time before which it must not leave.</summary>
    public Task<List<long>> PostManyAsync(IReadOnlyList<(Sms Sms, DateTimeOffset SendAt)> texts, CancellationToken ct)
    {
        var none = Parameter.Texts(new string?[texts.Count]);
        return PostManyAsync(
            "sms", SendSms.Kind, 1, texts.Count, texts.Select(t => t.SendAt), ct, Parameter.Texts(texts.Select(t => t.Sms.To)), none,
            none.Clone(), none.Clone(), Parameter.Texts(texts.Select(t => t.Sms.Text)), none.Clone(), none.Clone(),
            Parameter.Texts(texts.Select(t => t.Sms.Reference)), none.Clone());
    }

    private async Task<List<long>> PostManyAsync(
        string channel, string kind, int batch, int count, IEnumerable<DateTimeOffset> sendAt, CancellationToken ct,
        params NpgsqlParameter[] columns)
    {
        await using var command = new NpgsqlCommand(ManySql, work.Connection,
            work.Transaction ?? throw new InvalidOperationException("Many messages are posted in a transaction."));
        command.With(
            new() { Value = work.Tenant.Required.Value }, Parameter.Long(work.Tenant.User?.Value), Parameter.Text(work.Origin.RequestId),
            new() { Value = channel }, new() { Value = kind }, new() { Value = kind == SendSms.Kind ? SendSms.Queue : SendMail.Queue });
        command.With(columns);
        command.With(new NpgsqlParameter { Value = sendAt.Select(at => at.ToUniversalTime()).ToArray(),
            NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.TimestampTz }, new() { Value = batch });
        var ids = new List<long>(count);
        await using (var reader = await command.ExecuteReaderAsync(ct))
            while (await reader.ReadAsync(ct)) ids.Add(reader.GetInt64(0));
        work.AfterCommit(_ => { JobSignal.Raise(); return Task.CompletedTask; });
        ids.Sort(); // identities are drawn in the order of the rows
        return ids;
    }

    private async Task<PostedMessage> PostAsync(string job, CancellationToken ct, DateTimeOffset? sendAt,
        params NpgsqlParameter[] parameters)
    {
        Task<PostedMessage> Post() => WriteAsync(job, sendAt, parameters, ct);
        return await (work.Transaction is not null ? Post() : work.InTransactionAsync(Post, ct));
    }

    private async Task<PostedMessage> WriteAsync(string job, DateTimeOffset? sendAt, NpgsqlParameter[] parameters, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(Sql, work.Connection, work.Transaction);
        command.With(parameters);
        var id = (long)(await command.ExecuteScalarAsync(ct))!;
        return new PostedMessage(id, (await jobs.EnqueueAsync(job, new MessageToSend(id), ct, sendAt)).Id);
    }

    private static string OneLine(string text) => text.ReplaceLineEndings(" ").Replace("\0", "", StringComparison.Ordinal);
}

/// <summary>A message that will leave, and the job that sends it.</summary>
public readonly record struct PostedMessage(long Id, JobId Job);

/// <summary>The input of the jobs that send: the row holds the rest, so that no dead letter shows a mail's text.</summary>
internal sealed record MessageToSend(long MessageId);
