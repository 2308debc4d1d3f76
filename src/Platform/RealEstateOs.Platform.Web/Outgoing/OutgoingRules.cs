using System.Net;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace RealEstateOs.Platform.Outgoing;

/// <summary>
/// The rules for addresses that users name. What a name resolves to is only known, and checked, when a connection is made: see
/// <see cref="OutgoingHttp"/>.
/// </summary>
public sealed class OutgoingRules
{
    private const string NotPublic =
        "must lead to a public address (for one of your own networks an operator sets Outgoing:AllowedNetworks, as 127.0.0.0/8)";

    private readonly IPNetwork[] allowed;
    private readonly bool allowHttp;

    public OutgoingRules(IOptions<OutgoingOptions> options, IHostEnvironment environment) =>
        (allowed, allowHttp) = (options.Value.Networks, options.Value.AllowHttp ?? environment.IsDevelopment());

    /// <summary>
    /// What is wrong with the address, for its author; null where it may be called as far as can be told without asking DNS.
    /// </summary>
    public string? FaultOf(string? text)
    {
        if (text?.Any(c => char.IsControl(c) || char.IsWhiteSpace(c)) == true) return "must not contain blanks or control characters";
        if (!Uri.TryCreate(text, UriKind.Absolute, out var address) || address.Scheme is not ("http" or "https")
            || address.Host.Length == 0)
            return allowHttp ? "must be an absolute http or https address" : "must be an absolute https address";
        if (address.Scheme == "http" && !allowHttp) return "must be an https address";
        if (address.UserInfo.Length > 0) return "must not hold a user or password";
        if (address.Fragment.Length > 0) return "must not have a fragment";
        if (address.Port is < 1024 and not (80 or 443)) return "must use port 80, 443, or one from 1024 on";
        if (IPAddress.TryParse(address.DnsSafeHost, out var literal) && !MayConnect(literal)) return NotPublic;
        if (IsThisHost(address.DnsSafeHost) && !MayConnect(IPAddress.Loopback) && !MayConnect(IPAddress.IPv6Loopback)) return NotPublic;
        return null;
    }

    // RFC 6761: localhost and what ends with it is the machine itself, whatever a resolver says.
    private static bool IsThisHost(string host) => host.Equals("localhost", StringComparison.OrdinalIgnoreCase)
        || host.EndsWith(".localhost", StringComparison.OrdinalIgnoreCase);

    public bool MayConnect(IPAddress address) => PublicAddresses.Contains(address) || allowed.Any(n => n.Contains(address));
}
