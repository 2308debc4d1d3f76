using Npgsql;
using RealEstateOs.Contracts.Auth;
using RealEstateOs.Contracts.Crm;
using RealEstateOs.Contracts.Leads;
using RealEstateOs.Contracts.Outreach;
using RealEstateOs.Contracts.Properties;
using RealEstateOs.Platform.Messaging;
using RealEstateOs.Platform.Persistence;
using RealEstateOs.Platform.Serialization;

namespace RealEstateOs.Outreach.Communications;

/// <summary>Keeps the communications beside the messages that carry them.</summary>
internal sealed class CommunicationMessages(OutreachDb db, IPropertyOutreach properties, ISuppressionList suppressions, ILeadWork leads,
    IClientWork clients) : IMessageOwner
{
    // A word of the first row gives way to a later one only; the bad ends give way to nothing but a reply.
    private const string Rank =
        "array_position(array['draft', 'queued', 'failed', 'suppressed', 'sent', 'delivered', 'opened', 'clicked', 'bounced', 'complained', 'replied'], {0})";

    private static readonly string Advance =
        $"case when {string.Format(null, Rank, "status")} < {string.Format(null, Rank, "$2")} then $2 else status end";

    public string Prefix => CommunicationId.Prefix;

    public async Task<IReadOnlyDictionary<long, string>> WithholdAsync(IReadOnlyCollection<LeavingMessage> messages, CancellationToken ct)
    {
        var withheld = new Dictionary<long, string>();
        foreach (var channel in messages.GroupBy(m => m.Recipient.StartsWith('+') ? MessageChannel.Sms : MessageChannel.Email))
        {
            var refusals = await suppressions.FindAsync(channel.Key, [.. channel.Select(m => m.Recipient)], ct);
            foreach (var message in channel)
            {
                if (!refusals.TryGetValue(message.Recipient, out var reason)) continue;
                withheld[message.MessageId] = Vocabulary.Word(reason);
                await ExecuteAsync("update outreach.communications set status = 'suppressed', failure = $2 where id = $1", ct, message.Id,
                    withheld[message.MessageId]);
            }
        }
        return withheld;
    }

    public NpgsqlBatchCommand Sent(long id, MessageSent sent) => new(
        $"""
         update outreach.communications set status = {Advance}, sent_at = coalesce(sent_at, $3), transport = $4, provider_id = $5,
             failure = null where id = $1
         """)
    {
        Parameters =
        {
            new() { Value = id }, new() { Value = "sent" }, new() { Value = db.Work.Clock.Now() }, new() { Value = sent.Transport },
            Parameter.Text(sent.ProviderId),
        },
    };

    public Func<CancellationToken, Task> AfterSent(long id, MessageSent sent) => ct => TellAsync(id, sent, ct);

    private async Task TellAsync(long id, MessageSent sent, CancellationToken ct)
    {
        var row = await ReadAsync($"select {Columns} from outreach.communications where id = $1", ct, id);
        if (row is { LeadId: { } lead }) await leads.WrittenToAsync(lead, row.MessageChannel, row.Subject, row.Text, ct);
        if (row is { ClientId: { } client }) await clients.WrittenToAsync(client, row.MessageChannel, row.Subject, row.Text, ct);
        if (row is not { MemoKey: not null, PropertyId: { } property }) return;
        var way = row.Channel == "sms" ? "Text message" : "Email";
        var team = await properties.MemoSentAsync(property, $"{way} sent via {TransportName(sent.Transport)}", ct);
        db.Raise(() => new MemoGenerated(new CommunicationId(id), property, team, CommunicationStatus.Sent, row.CreatedBy));
        await db.SaveChangesAsync(ct);
    }

    public Task FailedAsync(long id, string reason, CancellationToken ct) =>
        ExecuteAsync("update outreach.communications set status = 'failed', failure = $2 where id = $1 and sent_at is null", ct,
            id, reason);

    public async Task HappenedAsync(long id, MessageEvent happened, CancellationToken ct)
    {
        var (word, column) = happened.Kind switch
        {
            MessageEventKind.Delivered => ("delivered", "delivered_at"),
            MessageEventKind.Opened => ("opened", "opened_at"),
            MessageEventKind.Clicked => ("clicked", "clicked_at"),
            MessageEventKind.Bounced => ("bounced", "bounced_at"),
            MessageEventKind.Failed => ("bounced", "bounced_at"),
            MessageEventKind.Complained => ("complained", null),
            MessageEventKind.Replied => ("replied", "replied_at"),
            _ => (null, (string?)null),
        };
        if (word is null) return;
        var time = column is null ? "" : $", {column} = coalesce({column}, $3)";
        var note = happened.Kind switch { MessageEventKind.Replied => ", reply_text = $4",
            MessageEventKind.Bounced or MessageEventKind.Failed => ", failure = $4", _ => "" };
        // Images may be blocked: who clicks has opened.
        var opened = happened.Kind == MessageEventKind.Clicked ? ", opened_at = coalesce(opened_at, $3)" : "";
        var row =
            await ReadAsync($"update outreach.communications set status = {Advance}{time}{opened}{note} where id = $1 and $3::timestamptz is not null and ($4::text is null or true) returning {Columns}",
                ct, id, word, happened.At, (object?)happened.Text ?? DBNull.Value);
        if (row is null || happened.Kind != MessageEventKind.Replied) return;
        var team = row.PropertyId is { } property ? await properties.RepliedAsync(property, $"In communication {id}", ct) : null;
        if (row.LeadId is { } lead) await leads.RepliedAsync(lead, row.MessageChannel, happened.Text, ct);
        if (row.ClientId is { } client) await clients.RepliedAsync(client, row.MessageChannel, happened.Text, ct);
        db.Raise(() => new ReplyReceived(new CommunicationId(id), row.PropertyId, team, happened.Text, row.CreatedBy));
        await db.SaveChangesAsync(ct);
    }

    private const string Columns = "memo_key, property_id, channel, created_by, lead_id, subject, body, is_html, client_id";

    private async Task<Row?> ReadAsync(string sql, CancellationToken ct, params object[] values)
    {
        await using var command = await CommandAsync(sql, ct, values);
        await using var reader = await command.ExecuteReaderAsync(ct);
        if (!await reader.ReadAsync(ct)) return null;
        return new Row(
            reader.IsDBNull(0) ? null : reader.GetString(0), reader.IsDBNull(1) ? null : new PropertyId(reader.GetInt64(1)),
            reader.GetString(2),
            reader.IsDBNull(3) ? null : new UserId(reader.GetInt64(3)), reader.IsDBNull(4) ? null : new LeadId(reader.GetInt64(4)),
            reader.IsDBNull(5) ? null : reader.GetString(5), reader.GetBoolean(7) ? MessageTemplate.WithoutTags(reader.GetString(6))
                : reader.GetString(6), reader.IsDBNull(8) ? null : new ClientId(reader.GetInt64(8)));
    }

    private async Task ExecuteAsync(string sql, CancellationToken ct, params object[] values)
    {
        await using var command = await CommandAsync(sql, ct, values);
        await command.ExecuteNonQueryAsync(ct);
    }

    private async Task<NpgsqlCommand> CommandAsync(string sql, CancellationToken ct, object[] values)
    {
        var command = new NpgsqlCommand(sql, await db.Work.OpenAsync(ct), db.Work.Transaction);
        foreach (var value in values) command.Parameters.Add(new NpgsqlParameter { Value = value });
        return command;
    }

    private static string TransportName(string transport) => transport switch
    {
        "sendgrid" => "SendGrid", "smtp" => "SMTP", "twilio" => "Twilio", "folder" => "the development mailbox", _ => transport,
    };

    private sealed record Row(string? MemoKey, PropertyId? PropertyId, string Channel, UserId? CreatedBy, LeadId? LeadId, string? Subject,
        string Text, ClientId? ClientId)
    {
        public MessageChannel MessageChannel => Channel == "sms" ? MessageChannel.Sms : MessageChannel.Email;
    }
}
