using System.Text.RegularExpressions;
using MimeKit;
using RealEstateOs.ApiTests.Communications;
using RealEstateOs.ApiTests.Fixture;

namespace RealEstateOs.ApiTests.Auth;

/// <summary>The links of account mails.</summary>
internal static partial class AccountMail
{
    public static async Task<string> TokenAsync(Server server, string to, string page, string? except = null)
    {
        return (await Eventually.UntilAsync(FindAsync, token => token is not null))!;

        async Task<string?> FindAsync()
        {
            foreach (var file in Outbox.Mails(server, to))
            {
                using var mail = await MimeMessage.LoadAsync(file, TestContext.Current.CancellationToken);
                if (Link().Match(mail.TextBody!) is { Success: true } link && link.Groups["page"].Value == page
                    && link.Groups["token"].Value != except) return link.Groups["token"].Value;
            }
            return null;
        }
    }

    [GeneratedRegex("/account/(?<page>[a-z-]+)#token=(?<token>[A-Za-z0-9_-]{43})")]
    private static partial Regex Link();
}
