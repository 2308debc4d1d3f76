using System.Net;
using RealEstateOs.Contracts.Auth;
using RealEstateOs.Outreach.Campaigns;
using RealEstateOs.Platform.Messaging;
using RealEstateOs.Platform.Persistence;

namespace RealEstateOs.Outreach.Messages;

/// <summary>Who gets a message: the token stands in its links, the reference names its owner.</summary>
internal sealed record Addressee(string Address, string Token, string Reference, Dictionary<string, string?> Variables, string Company);

/// <summary>Writes what campaigns and sequences send: variables, tracked links, the way to unsubscribe.</summary>
internal sealed class Letters(TrackedLinks links, ReplyAddresses replies, TimeProvider clock)
{
    public Mail Mail(Addressee to, string subject, string content)
    {
        var unsubscribe = links.Unsubscribe(to.Token);
        var values = new Dictionary<string, string?>(to.Variables)
        {
            ["unsubscribe_url"] = unsubscribe, [TrackedLinks.Variable] = links.Clicks(to.Token),
        };
        var (office, address) = (to.Company, values.GetValueOrDefault("company_address"));
        var html = MessageTemplate.Html(TrackedLinks.Track(content), values);
        var text = MessageTemplate.IsHtml(content) ? MessageTemplate.WithoutTags(MessageTemplate.Html(content, values))
            : MessageTemplate.Text(content, values);
        html = Within(html, HtmlFoot(office, address, unsubscribe)
            + $"<img src=\"{links.Pixel(to.Token)}\" width=\"1\" height=\"1\" alt=\"\">");
        return new Mail(to.Address, MessageTemplate.Text(subject, values), text + TextFoot(office, address, unsubscribe))
        {
            FromName = SenderName(values.GetValueOrDefault("sender_name"), office),
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
        return new Mail(to, subject, text + TextFoot(office.Name, office.Address, unsubscribe))
        {
            FromName = SenderName(author?.FullName, office.Name), ReplyTo = replies.Beside(author?.Email, reference),
            Reference = reference, Headers = OneClick(unsubscribe),
            Html = Within(isHtml ? body : MessageTemplate.Paragraphs(body), HtmlFoot(office.Name, office.Address, unsubscribe)),
        };
    }

    /// <summary>A text message, and when it may reach the phone; <paramref name="zone"/> is the office's.</summary>
    public (Sms Sms, DateTimeOffset SendAt) Text(Addressee to, string content, string zone)
    {
        var values = new Dictionary<string, string?>(to.Variables) { ["unsubscribe_url"] = links.Unsubscribe(to.Token) };
        return (new Sms(to.Address, MessageTemplate.Text(content, values)) { Reference = to.Reference },
            QuietHours.Next(to.Address, clock.Now(), zone));
    }

    private static string SenderName(string? person, string office) => string.IsNullOrWhiteSpace(person) ? office : $"{person}, {office}";

    private static Dictionary<string, string> OneClick(string unsubscribe) => new()
    {
        ["List-Unsubscribe"] = $"<{unsubscribe}>", ["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click",
    };

    private static string TextFoot(string office, string? address, string unsubscribe) =>
        $"\n\n-- \nYou receive this because you are in contact with {Located(office, address)}. Unsubscribe: {unsubscribe}\n";

    private static string HtmlFoot(string office, string? address, string unsubscribe) =>
        $"""

        <p style="color:#666;font-size:12px">You receive this because you are in contact with
        {WebUtility.HtmlEncode(Located(office, address))}. <a href="{unsubscribe}">Unsubscribe</a></p>
        """;

    // Laws of several countries want the postal address in such a mail.
    private static string Located(string office, string? address) => string.IsNullOrWhiteSpace(address) ? office
        : $"{office}, {string.Join(", ", address.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))}";

    // A whole page keeps what is added within its body.
    private static string Within(string html, string addition)
    {
        var end = html.LastIndexOf("</body>", StringComparison.OrdinalIgnoreCase);
        return end < 0 ? html + addition : html.Insert(end, addition);
    }
}
