using Microsoft.EntityFrameworkCore;
using RealEstateOs.Contracts.Crm;
using RealEstateOs.Contracts.Outreach;
using RealEstateOs.Crm.Clients;
using RealEstateOs.Platform.Persistence;
using RealEstateOs.Platform.Serialization;

namespace RealEstateOs.Crm;

/// <summary>Writes down what other modules tell of clients.</summary>
internal sealed class ClientWork(CrmDb db, TimeProvider clock) : IClientWork
{
    public Task WrittenToAsync(ClientId client, MessageChannel channel, string? subject, string text, CancellationToken ct) =>
        AddAsync(client, channel, subject, text, "message_sent", channel == MessageChannel.Sms ? "Text Message Sent" : "Email Sent", ct);

    public Task RepliedAsync(ClientId client, MessageChannel channel, string? text, CancellationToken ct) =>
        AddAsync(client, channel, "Reply", text ?? "", "reply_received", "Reply Received", ct);

    private async Task AddAsync(ClientId id, MessageChannel channel, string? subject, string text, string type, string title,
        CancellationToken ct)
    {
        if (await db.Clients.FirstOrDefaultAsync(c => c.Id == id, ct) is not { } client) return;
        db.Add(new ClientActivity { ClientId = id, ActivityType = Vocabulary.Word(channel), Subject = subject, Description = text,
            CompletedAt = clock.Now() });
        db.AddHistory(client, type, title, type == "message_sent" ? subject ?? text : text);
        await db.SaveChangesAsync(ct);
    }
}
