using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using RealEstateOs.Contracts.Texts;
using RealEstateOs.Platform.Persistence;

namespace RealEstateOs.Platform.Http;

/// <summary>Where a request comes from: for limits, and for the audit log.</summary>
internal static class ClientAddress
{
    private const int LongestProgram = 400;

    /// <summary>The address that a client is counted by.</summary>
    public static string NetworkOf(HttpContext http) => Network(http.Connection.RemoteIpAddress);

    // One IPv6 subscriber owns a /64 and could change address with every request.
    public static string Network(IPAddress? address)
    {
        if (address is null) return "unknown";
        if (address.IsIPv4MappedToIPv6) address = address.MapToIPv4();
        if (address.AddressFamily != AddressFamily.InterNetworkV6) return address.ToString();
        var bytes = address.GetAddressBytes();
        bytes.AsSpan(8).Clear();
        return $"{new IPAddress(bytes)}/64";
    }

    /// <summary>Notes it for the changes that the request will make.</summary>
    public static IApplicationBuilder UseChangeOrigin(this IApplicationBuilder app) => app.Use((http, next) =>
    {
        var origin = http.RequestServices.GetRequiredService<ChangeOrigin>();
        origin.RequestId = http.TraceIdentifier;
        var address = http.Connection.RemoteIpAddress;
        origin.Address = (address is { IsIPv4MappedToIPv6: true } ? address.MapToIPv4() : address)?.ToString();
        origin.Network = NetworkOf(http);
        origin.Program = http.Request.Headers.UserAgent.ToString() is { Length: > 0 } agent
            ? agent.Shortened(LongestProgram).Replace("\0", "", StringComparison.Ordinal) : null;
        return next(http);
    });
}
