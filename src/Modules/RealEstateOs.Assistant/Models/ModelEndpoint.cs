using System.ClientModel;
using System.ClientModel.Primitives;
using OpenAI;

namespace RealEstateOs.Assistant.Models;

/// <summary>How endpoints that speak as OpenAI's do are called.</summary>
internal static class ModelEndpoint
{
    // The library would wait as long again for each retry; who waits here is a person.
    public static OpenAIClientOptions Settings(string endpoint, TimeSpan timeout) =>
        new() { Endpoint = new Uri(endpoint), NetworkTimeout = timeout, RetryPolicy = new ClientRetryPolicy(0) };

    public static ApiKeyCredential Key(string? key) => new(key is { Length: > 0 } ? key : "none");
}
