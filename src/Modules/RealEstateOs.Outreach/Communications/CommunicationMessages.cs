using Microsoft.EntityFrameworkCore;
using RealEstateOs.Contracts.Crm;
using RealEstateOs.Contracts.Leads;
using RealEstateOs.Contracts.Outreach;
using RealEstateOs.Contracts.Properties;
using RealEstateOs.Outreach.Deliveries;
using RealEstateOs.Platform.Messaging;

namespace RealEstateOs.Outreach.Communications;

/// <summary>Keeps the communications beside the messages that carry them, and tells the records that they are about.</summary>
internal sealed class CommunicationMessages(OutreachDb db, ISuppressionList suppressions, ILeadWork leads, IPropertyOutreach properties,
    IClientWork clients) : DeliveryOwner(db, suppressions, leads)
{
    public override string Prefix => CommunicationId.Prefix;

    protected override string Table => "outreach.communications";

    public override Func<CancellationToken, Task> AfterSent(long id, MessageSent sent) => ct => TellAsync(new(id), sent, ct);

    private async Task TellAsync(CommunicationId id, MessageSent sent, CancellationToken ct)
    {
        if (await One(id).AsNoTracking().FirstOrDefaultAsync(ct) is not { } about) return;
        var text = about.IsHtml ? MessageTemplate.WithoutTags(about.Body) : about.Body;
        if (about.LeadId is { } lead) await Leads.WrittenToAsync(lead, about.Channel, about.Subject, text, ct);
        if (about.ClientId is { } client) await clients.WrittenToAsync(client, about.Channel, about.Subject, text, ct);
        if (about is not { MemoKey: not null, PropertyId: { } property }) return;
        var way = about.Channel == MessageChannel.Sms ? "Text message" : "Email";
        var team = await properties.MemoSentAsync(property, $"{way} sent via {TransportName(sent.Transport)}", ct);
        Db.Raise(() => new MemoGenerated(id, property, team, CommunicationStatus.Sent, about.CreatedBy));
        await Db.SaveChangesAsync(ct);
    }

    protected override async Task FollowAsync(long id, MessageEvent happened, CancellationToken ct)
    {
        var (one, text) = (new CommunicationId(id), happened.Text);
        if (happened.Kind is MessageEventKind.Bounced or MessageEventKind.Failed)
            await One(one).ExecuteUpdateAsync(set => set.SetProperty(c => c.Reason, text), ct);
        if (happened.Kind != MessageEventKind.Replied) return;
        await One(one).ExecuteUpdateAsync(set => set.SetProperty(c => c.ReplyText, text), ct);
        if (await One(one).AsNoTracking().FirstOrDefaultAsync(ct) is not { } about) return;
        var team = about.PropertyId is { } property ? await properties.RepliedAsync(property, $"In communication {id}", ct) : null;
        if (about.ClientId is { } client) await clients.RepliedAsync(client, about.Channel, text, ct);
        Db.Raise(() => new ReplyReceived(one, about.PropertyId, team, text, about.CreatedBy));
        await Db.SaveChangesAsync(ct);
    }

    private IQueryable<Communication> One(CommunicationId id) => Db.Communications.Where(c => c.Id == id);

    private static string TransportName(string transport) => transport switch
    {
        "sendgrid" => "SendGrid", "smtp" => "SMTP", "twilio" => "Twilio", "folder" => "the development mailbox", _ => transport,
    };
}
