using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using RealEstateOs.Platform.Authorization;
using RealEstateOs.Platform.Http;

namespace RealEstateOs.Platform.Events.Live;

internal static class LiveEndpoints
{
    public static IServiceCollection AddLiveEvents(this IServiceCollection services) => services
        .AddSingleton<LiveStreams>().AddHostedService(provider => provider.GetRequiredService<LiveStreams>())
        .AddSingleton<EventReplay>().AddSingleton<EventAudience>().AddSingleton<StreamPump>();

    public static IEndpointRouteBuilder MapLiveEvents(this IEndpointRouteBuilder app)
    {
        var sse = app.MapApi("Live events").MapGroup("/sse");
        sse.MapGet("/stream", OpenStream.Handle).NeedsOnlySignIn().WithMetadata(new ConnectionPolicy(HoldsNone: true),
            new AcceptsStreamToken(), new LongLived())
            .AnswersFile("text/event-stream");
        sse.MapPost("/token", StreamToken.Issue).NeedsOnlySignIn().WithMetadata(new ConnectionPolicy(HoldsNone: true));
        sse.MapGet("/token", StreamToken.Issue).NeedsOnlySignIn().WithMetadata(new ConnectionPolicy(HoldsNone: true));
        sse.MapGet("/status", StreamStatus.Handle).NeedsOnlySignIn();
        return app;
    }
}

/// <summary>An endpoint whose requests last as long as the client wants: being slow means nothing there.</summary>
public sealed record LongLived;
