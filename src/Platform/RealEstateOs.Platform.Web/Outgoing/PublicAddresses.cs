using System.Net;
using System.Net.Sockets;

namespace RealEstateOs.Platform.Outgoing;

/// <summary>
/// Which addresses are in the public internet: what IANA's registries of special-purpose addresses keep for private, local, shared, test
/// and other use is not, nor what embeds an IPv4 address in an IPv6 one (mapped, NAT64, 6to4, Teredo), nor the clouds' metadata services.
/// </summary>
internal static class PublicAddresses
{
    private static readonly IPNetwork[] NotPublic4 = Parse(
        "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24", "192.0.2.0/24",
        "192.88.99.0/24", "192.168.0.0/16",
        "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4",
        "168.63.129.16/32"); // Azure's metadata and health service, the only one with a public address

    private static readonly IPNetwork Global6 = IPNetwork.Parse("2000::/3");

    private static readonly IPNetwork[] NotPublic6 = Parse("2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20");

    public static bool Contains(IPAddress address) => address.AddressFamily switch
    {
        AddressFamily.InterNetwork => !NotPublic4.Any(n => n.Contains(address)),
        AddressFamily.InterNetworkV6 =>
            !address.IsIPv4MappedToIPv6 && Global6.Contains(address) && !NotPublic6.Any(n => n.Contains(address)),
        _ => false,
    };

    private static IPNetwork[] Parse(params string[] networks) => Array.ConvertAll(networks, IPNetwork.Parse);
}
