using System.Collections.Concurrent;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using RealEstateOs.Platform.Messaging;

namespace RealEstateOs.ApiTests.Messaging;

/// <summary>An HTTP provider that answers what a test says, and keeps what it was asked.</summary>
internal sealed class FakeProvider : IAsyncDisposable
{
    private readonly WebApplication app;
    private readonly ServiceProvider services = new ServiceCollection().AddHttpClient().BuildServiceProvider();

    private FakeProvider(WebApplication app) => this.app = app;

    public ConcurrentQueue<(string Path, string? Authorization, string Body)> Asked { get; } = new();

    public Func<HttpResponse, Task> Answer { get; set; } = response => { response.StatusCode = 202; return Task.CompletedTask; };

    public Uri Address => new(app.Urls.First());

    public IMailTransport SendGrid =>
        new SendGridTransport(services.GetRequiredService<IHttpClientFactory>(), Settings, TimeProvider.System);

    public ISmsTransport Twilio => new TwilioTransport(services.GetRequiredService<IHttpClientFactory>(), Settings, TimeProvider.System);

    private MailSettings Settings => new()
    {
        SendGridApiKey = "SG.key", SendGridUrl = Address, TwilioAccountSid = "AC1", TwilioAuthToken = "secret", TwilioFrom = "+15550100",
        TwilioUrl = Address,
    };

    public static async Task<FakeProvider> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        var provider = new FakeProvider(builder.Build());
        provider.app.Run(async http =>
        {
            using var reader = new StreamReader(http.Request.Body);
            provider.Asked.Enqueue((http.Request.Path, http.Request.Headers.Authorization, await reader.ReadToEndAsync()));
            await provider.Answer(http.Response);
        });
        await provider.app.StartAsync();
        return provider;
    }

    public async ValueTask DisposeAsync()
    {
        await services.DisposeAsync();
        await app.DisposeAsync();
    }
}
