using System.Net;
using RealEstateOs.Outreach.Campaigns;
using RealEstateOs.Platform.Messaging;
using RealEstateOs.Platform.Persistence;

namespace RealEstateOs.Outreach.Messages;

/// <summary>Who gets a message: the token stands in its links, the reference names its owner.</summary>
internal sealed record Addressee(string Address, string Token, string Reference, Dictionary<string, string?> Variables, string Company);

/// <summary>Writes what campaigns and sequences send: variables, tracked links, the way to unsubscribe.</summary>
internal sealed class Letters(TrackedLinks links, TimeProvider clock)
{
    public Mail Mail(Addressee to, string subject, string content)
    {
        var unsubscribe = links.Unsubscribe(to.Token);
        var values = new Dictionary<string, string?>(to.Variables) { ["unsubscribe_url"] = unsubscribe };
        var footer = $"You receive this because you are in contact with {to.Company}. Unsubscribe: {unsubscribe}";
        var html = Within(MessageTemplate.Html(links.Track(content, to.Token), values),
            $"\n<p style=\"color:#777;font-size:12px\">You receive this because you are in contact with {WebUtility.HtmlEncode(to.Company)}. <a href=\"{unsubscribe}\">Unsubscribe</a></p>"
            + $"<img src=\"{links.Pixel(to.Token)}\" width=\"1\" height=\"1\" alt=\"\">");
        var text = MessageTemplate.IsHtml(content) ? MessageTemplate.WithoutTags(MessageTemplate.Html(content, values))
            : MessageTemplate.Text(content, values);
        return new Mail(to.Address, MessageTemplate.Text(subject, values), $"{text}\n\n-- \n{footer}\n")
        {
            ToName = values["full_name"], Html = html, Reference = to.Reference,
            Headers = new Dictionary<string, string> { ["List-Unsubscribe"] = $"<{unsubscribe}>",
                ["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click" },
        };
    }

    /// <summary>A text message, and when it may reach the phone; <paramref name="zone"/> is the office's.</summary>
    public (Sms Sms, DateTimeOffset SendAt) Text(Addressee to, string content, string zone)
    {
        var values = new Dictionary<string, string?>(to.Variables) { ["unsubscribe_url"] = links.Unsubscribe(to.Token) };
        return (new Sms(to.Address, MessageTemplate.Text(content, values)) { Reference = to.Reference },
            QuietHours.Next(to.Address, clock.Now(), zone));
    }

    // A whole page keeps what is added within its body.
    private static string Within(string html, string addition)
    {
        var end = html.LastIndexOf("</body>", StringComparison.OrdinalIgnoreCase);
        return end < 0 ? html + addition : html.Insert(end, addition);
    }
}
