using RealEstateOs.Contracts.Auth;
using RealEstateOs.Contracts.Texts;
using RealEstateOs.Outreach.Deliveries;
using RealEstateOs.Platform.Messaging;
using RealEstateOs.Platform.Persistence;

namespace RealEstateOs.Outreach.Messages;

/// <summary>Who gets a message: the token stands in its links, the reference names its owner.</summary>
internal sealed record Addressee(string Address, string Token, string Reference, Dictionary<string, string?> Variables, string Company);

/// <summary>Writes what campaigns and sequences send: variables, tracked links, the way to unsubscribe.</summary>
internal sealed class Letters(TrackedLinks links, ReplyAddresses replies, TimeProvider clock)
{
    /// <summary>Among the variables: the language tag of the office, in which the foot is written.</summary>
    public const string Language = "company_locale";

    public Mail Mail(Addressee to, string subject, string content)
    {
        var unsubscribe = links.Unsubscribe(to.Token);
        var values = new Dictionary<string, string?>(to.Variables)
        {
            ["unsubscribe_url"] = unsubscribe, [TrackedLinks.Variable] = links.Clicks(to.Token),
        };
        var foot = new LetterFoot(to.Company, values.GetValueOrDefault("company_address"), values.GetValueOrDefault(Language), unsubscribe);
        var html = MessageTemplate.Html(TrackedLinks.Track(content), values);
        var text = MessageTemplate.IsHtml(content) ? MessageTemplate.WithoutTags(MessageTemplate.Html(content, values))
            : MessageTemplate.Text(content, values);
        var title = MessageTemplate.Text(subject, values);
        html = foot.Below(html, title, $"<img src=\"{links.Pixel(to.Token)}\" width=\"1\" height=\"1\" alt=\"\">");
        return new Mail(to.Address, title, text + foot.Text)
        {
            FromName = SenderName(values.GetValueOrDefault("sender_name"), to.Company),
            ReplyTo = replies.Beside(values.GetValueOrDefault("sender_email"), to.Reference), ToName = values["full_name"], Html = html,
            Reference = to.Reference, Headers = OneClick(unsubscribe),
        };
    }

    /// <summary>A memo that was written already, with the same foot; its links are left as they are.</summary>
    public Mail Memo(string to, string subject, string body, bool isHtml, string token, string reference, OrganizationDefaults office,
        Person? author)
    {
        var unsubscribe = links.Unsubscribe(token);
        var text = isHtml ? MessageTemplate.WithoutTags(body) : body;
        var foot = new LetterFoot(office.Name, office.Address, office.Locale, unsubscribe);
        return new Mail(to, subject, text + foot.Text)
        {
            FromName = SenderName(author?.FullName, office.Name), ReplyTo = replies.Beside(author?.Email, reference),
            Reference = reference, Headers = OneClick(unsubscribe),
            Html = foot.Below(isHtml ? body : MessageTemplate.Paragraphs(body), subject),
        };
    }

    /// <summary>A text message, and when it may reach the phone; <paramref name="zone"/> is the office's.</summary>
    public (Sms Sms, DateTimeOffset SendAt) Text(Addressee to, string content, string zone)
    {
        var values = new Dictionary<string, string?>(to.Variables) { ["unsubscribe_url"] = links.Unsubscribe(to.Token) };
        return (new Sms(to.Address, MessageTemplate.Text(content, values)) { Reference = to.Reference },
            QuietHours.Next(to.Address, clock.Now(), zone));
    }

    private static string SenderName(string? person, string office) => string.IsNullOrWhiteSpace(person) ? office
        : OneLineText.InARow(person, office);

    private static Dictionary<string, string> OneClick(string unsubscribe) => new()
    {
        ["List-Unsubscribe"] = $"<{unsubscribe}>", ["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click",
    };
}
