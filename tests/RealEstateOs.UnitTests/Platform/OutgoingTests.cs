using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.FileProviders;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using RealEstateOs.Platform.Outgoing;

namespace RealEstateOs.UnitTests.Platform;

public sealed class OutgoingTests
{
    [Theory]
    [InlineData("0.0.0.0")]
    [InlineData("10.255.0.1")]
    [InlineData("100.64.0.1")]
    [InlineData("100.100.100.200")]
    [InlineData("127.0.0.1")]
    [InlineData("127.255.255.254")]
    [InlineData("169.254.169.254")]
    [InlineData("168.63.129.16")]
    [InlineData("172.16.0.1")]
    [InlineData("172.31.255.255")]
    [InlineData("192.0.0.192")]
    [InlineData("192.168.1.1")]
    [InlineData("198.19.0.1")]
    [InlineData("203.0.113.7")]
    [InlineData("224.0.0.1")]
    [InlineData("240.0.0.1")]
    [InlineData("255.255.255.255")]
    [InlineData("::")]
    [InlineData("::1")]
    [InlineData("::127.0.0.1")]
    [InlineData("::ffff:127.0.0.1")]
    [InlineData("::ffff:8.8.8.8")]
    [InlineData("64:ff9b::7f00:1")]
    [InlineData("64:ff9b:1::1")]
    [InlineData("2001::1")]
    [InlineData("2001:db8::1")]
    [InlineData("2002:7f00:1::")]
    [InlineData("fc00::1")]
    [InlineData("fd00:ec2::254")]
    [InlineData("fe80::1")]
    [InlineData("fe80::1%1")]
    [InlineData("fec0::1")]
    [InlineData("ff02::1")]
    public void What_is_not_public_is_not_connected_to(string address) => Assert.False(Rules().MayConnect(IPAddress.Parse(address)));

    [Theory]
    [InlineData("8.8.8.8")]
    [InlineData("172.15.0.1")]
    [InlineData("172.32.0.1")]
    [InlineData("100.128.0.1")]
    [InlineData("2606:4700::1111")]
    [InlineData("2a00:1450:4001::1")]
    public void What_is_public_is(string address) => Assert.True(Rules().MayConnect(IPAddress.Parse(address)));

    [Fact]
    public async Task A_name_is_resolved_before_it_is_connected_to_and_a_network_may_be_opened()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var address = $"http://localhost:{((IPEndPoint)listener.LocalEndpoint).Port}/";
        using var closed = new OutgoingHttp(Rules());
        var refused = await Assert.ThrowsAsync<HttpRequestException>(
            () => closed.Client.GetAsync(address, TestContext.Current.CancellationToken));
        Assert.IsType<AddressRefused>(refused.GetBaseException());
        Assert.False(listener.Pending());

        using var open = new OutgoingHttp(Rules(allowed: "127.0.0.0/8"));
        var answer = open.Client.GetAsync(address, TestContext.Current.CancellationToken);
        using var peer = await listener.AcceptSocketAsync(TestContext.Current.CancellationToken);
        await peer.SendAsync("HTTP/1.1 204 No Content\r\n\r\n"u8.ToArray(), TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.NoContent, (await answer).StatusCode);
    }

    [Fact]
    public void Outside_Development_an_address_is_https_unless_a_setting_says_otherwise()
    {
        Assert.NotNull(Rules("Production").FaultOf("http://example.com/"));
        Assert.Null(Rules("Production").FaultOf("https://example.com/"));
        Assert.Null(Rules("Development").FaultOf("http://example.com/"));
        Assert.Null(Rules("Production", allowHttp: true).FaultOf("http://example.com/"));
    }

    private static OutgoingRules Rules(string environment = "Production", string? allowed = null, bool? allowHttp = null) => new(
        Options.Create(new OutgoingOptions { AllowedNetworks = allowed is null ? [] : [allowed], AllowHttp = allowHttp }),
        new Somewhere { EnvironmentName = environment });

    private sealed class Somewhere : IHostEnvironment
    {
        public string EnvironmentName { get; set; } = "";
        public string ApplicationName { get; set; } = "";
        public string ContentRootPath { get; set; } = "";
        public IFileProvider ContentRootFileProvider { get; set; } = new NullFileProvider();
    }
}
