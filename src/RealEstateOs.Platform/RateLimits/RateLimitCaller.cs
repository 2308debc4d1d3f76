using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Http;

namespace RealEstateOs.Platform.RateLimits;

/// <summary>Who is counted; a request feature set after authentication. Without it the request counts for its client's address.</summary>
public sealed record RateLimitCaller(long UserId, long? TeamId, string Plan, int TeamMembers)
{
    internal static string AddressOf(HttpContext http) => Address(http.Connection.RemoteIpAddress);

    // One IPv6 subscriber owns a /64 and could change address with every request.
    internal static string Address(IPAddress? address)
    {
        if (address is null) return "unknown";
        if (address.IsIPv4MappedToIPv6) address = address.MapToIPv4();
        if (address.AddressFamily != AddressFamily.InterNetworkV6) return address.ToString();
        var bytes = address.GetAddressBytes();
        bytes.AsSpan(8).Clear();
        return $"{new IPAddress(bytes)}/64";
    }
}
