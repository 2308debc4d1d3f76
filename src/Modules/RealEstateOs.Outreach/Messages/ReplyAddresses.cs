using System.Text.RegularExpressions;
using Microsoft.Extensions.Configuration;
using RealEstateOs.Platform.Security;

namespace RealEstateOs.Outreach.Messages;

/// <summary>
/// Addresses that bring an answer back to what it answers, where answers come in here (<c>Mail:InboundDomain</c>):
/// <c>r-comm_12-9f3a…@reply.example.com</c>, signed, so that nobody answers what they were not sent.
/// </summary>
internal sealed partial class ReplyAddresses(IConfiguration configuration, SecretBox box)
{
    private const string Purpose = "reply address";

    private readonly string? domain = configuration["Mail:InboundDomain"] is { Length: > 0 } set ? set.Trim().ToLowerInvariant() : null;

    /// <summary>The writer's own address, and ours beside it: mail programs answer to both.</summary>
    public string? Beside(string? writer, string reference) => domain is null ? writer
        : string.Join(", ", new[] { writer, $"r-{reference}-{box.Sign(reference, Purpose)}@{domain}" }.OfType<string>());

    /// <summary>What an answer to one of these addresses answers; null where none of them is ours.</summary>
    public string? ReferenceOf(IEnumerable<string> recipients) => recipients.Select(r => Signed().Match(r))
        .Where(m => m.Success && m.Groups["domain"].Value.Equals(domain, StringComparison.OrdinalIgnoreCase))
        .Select(m => (Reference: m.Groups["reference"].Value.ToLowerInvariant(), Signature: m.Groups["signature"].Value.ToLowerInvariant()))
        .FirstOrDefault(a => box.HasSigned(a.Reference, Purpose, a.Signature)).Reference;

    [GeneratedRegex("^r-(?<reference>[a-z]{1,8}_[0-9]{1,18})-(?<signature>[0-9a-f]{20})@(?<domain>.+)$", RegexOptions.IgnoreCase)]
    private static partial Regex Signed();
}
