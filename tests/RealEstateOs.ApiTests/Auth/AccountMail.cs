using System.Text.RegularExpressions;
using MimeKit;
using RealEstateOs.ApiTests.Fixture;

namespace RealEstateOs.ApiTests.Auth;

/// <summary>The links of account mails.</summary>
internal static partial class AccountMail
{
    public static async Task<string> TokenAsync(Server server, string to, string page, string? except = null)
    {
        var ct = TestContext.Current.CancellationToken;
        var folder = Path.Combine(server.DataFolder, "mail");
        for (var attempt = 0; attempt < 200; attempt++)
        {
            foreach (var file in Directory.Exists(folder) ? Directory.GetFiles(folder, "*.eml") : [])
            {
                using var mail = await MimeMessage.LoadAsync(file, ct);
                if (!mail.To.Mailboxes.Any(m => m.Address == to)) continue;
                if (Link().Match(mail.TextBody!) is { Success: true } link && link.Groups["page"].Value == page && link.Groups["token"].Value != except) return link.Groups["token"].Value;
            }
            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System, ct);
        }
        throw new InvalidOperationException($"No mail to {to} with a link to {page} came.");
    }

    [GeneratedRegex("/account/(?<page>[a-z-]+)#token=(?<token>[A-Za-z0-9_-]{43})")]
    private static partial Regex Link();
}
