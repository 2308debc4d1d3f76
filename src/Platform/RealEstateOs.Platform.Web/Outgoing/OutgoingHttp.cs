using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace RealEstateOs.Platform.Outgoing;

/// <summary>The host's name leads to no address that may be called from here.</summary>
public sealed class AddressRefused() : IOException("The name leads to no public address.");

/// <summary>
/// The client for every address that a user named. It resolves the name itself and connects to the very address that it has checked, so
/// that a name which changes its mind between check and call gains nothing. It follows no redirects, uses no proxy, keeps no cookies.
/// </summary>
public sealed class OutgoingHttp : IDisposable
{
    private readonly OutgoingRules rules;

    public OutgoingHttp(OutgoingRules rules)
    {
        this.rules = rules;
        Client = new HttpClient(new SocketsHttpHandler
        {
            ConnectCallback = ConnectAsync, AllowAutoRedirect = false, UseProxy = false, UseCookies = false,
            AutomaticDecompression = DecompressionMethods.None,
            ConnectTimeout = TimeSpan.FromSeconds(10), PooledConnectionLifetime = TimeSpan.FromMinutes(2),
            PooledConnectionIdleTimeout = TimeSpan.FromSeconds(30),
            MaxResponseHeadersLength = 16, MaxResponseDrainSize = 0,
        }) { Timeout = Timeout.InfiniteTimeSpan }; // each caller has a time-out of its own
    }

    public HttpClient Client { get; }

    private async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken ct)
    {
        var addresses = await Dns.GetHostAddressesAsync(context.DnsEndPoint.Host, ct);
        var allowed = Array.FindAll(addresses, rules.MayConnect);
        if (allowed.Length == 0) throw new AddressRefused();
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(allowed, context.DnsEndPoint.Port, ct);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    public void Dispose() => Client.Dispose();
}

internal static class OutgoingRegistration
{
    public static IServiceCollection AddPlatformOutgoing(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<OutgoingOptions>().Bind(configuration.GetSection(OutgoingOptions.Section))
            .Validate(o => o.IsValid, "Outgoing:AllowedNetworks takes networks such as 10.1.0.0/16.").ValidateOnStart();
        services.AddSingleton<OutgoingRules>();
        return services.AddSingleton<OutgoingHttp>();
    }
}
