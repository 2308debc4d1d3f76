using System.Globalization;
using System.Text.RegularExpressions;
using RealEstateOs.Platform.Security;

namespace RealEstateOs.Platform.Messaging;

/// <summary>
/// The Message-Id of a mail: the same at each attempt, and signed, so that nobody answers a mail that they were not sent by counting.
/// </summary>
public sealed partial class MessageIds(MailSettings settings, SecretBox box)
{
    private const string Purpose = "message id";

    public string Of(long message)
    {
        var number = message.ToString(CultureInfo.InvariantCulture);
        var domain = settings.FromEmail[(settings.FromEmail.IndexOf('@', StringComparison.Ordinal) + 1)..];
        return $"<reos-{number}-{box.Sign(number, Purpose)}@{domain}>";
    }

    /// <summary>The mail that a header such as In-Reply-To or References names; null where it names none of ours.</summary>
    public long? NamedIn(string header) => Ours().Matches(header)
        .Where(m => box.HasSigned(m.Groups["number"].Value, Purpose, m.Groups["signature"].Value))
        .Select(m => (long?)long.Parse(m.Groups["number"].Value, CultureInfo.InvariantCulture)).FirstOrDefault();

    [GeneratedRegex("<reos-(?<number>[0-9]{1,18})-(?<signature>[0-9a-f]{20})@")]
    private static partial Regex Ours();
}
