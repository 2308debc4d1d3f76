using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace RealEstateOs.Platform.Observability;

/// <summary>
/// Section <c>ForwardedHeaders</c> (<c>KnownProxies</c>, <c>KnownNetworks</c>, <c>ForwardLimit</c>): whose X-Forwarded-For and -Proto are
/// believed. Nobody's, when it is empty: anyone could choose an address to be counted under.
/// </summary>
public static class ForwardedClients
{
    public static IApplicationBuilder UseForwardedClients(this IApplicationBuilder app)
    {
        var section = app.ApplicationServices.GetRequiredService<IConfiguration>().GetSection("ForwardedHeaders");
        var proxies = section.GetSection("KnownProxies").Get<string[]>() ?? [];
        var networks = section.GetSection("KnownNetworks").Get<string[]>() ?? [];
        if (proxies.Length + networks.Length == 0) return app;

        var options = new ForwardedHeadersOptions
        {
            ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto,
            ForwardLimit = section.GetValue("ForwardLimit", 1),
        };
        options.KnownProxies.Clear();
        options.KnownIPNetworks.Clear();
        foreach (var proxy in proxies)
            options.KnownProxies.Add(IPAddress.TryParse(proxy, out var address) ? address : throw NotAnAddress("KnownProxies", proxy));
        foreach (var network in networks)
            options.KnownIPNetworks.Add(
                System.Net.IPNetwork.TryParse(network, out var range) ? range : throw NotAnAddress("KnownNetworks", network));
        return app.UseForwardedHeaders(options);
    }

    private static InvalidOperationException NotAnAddress(string setting, string value) =>
        new($"ForwardedHeaders:{setting} holds \"{value}\", which is no address.");
}
