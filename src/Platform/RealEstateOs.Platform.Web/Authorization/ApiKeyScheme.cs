using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace RealEstateOs.Platform.Authorization;

/// <summary>Who stands behind an API key right now; null once it was revoked.</summary>
public interface IApiKeyDirectory
{
    Task<Principal?> FindAsync(string key, CancellationToken ct);
}

/// <summary>How requests bring a key, and what keys may do.</summary>
public static class ApiKeyScheme
{
    public const string Header = "X-API-Key";

    /// <summary>Every key begins so, to be told from a token, and by whoever looks for secrets in files.</summary>
    public const string Beginning = "reos_";

    /// <summary>The permissions that a key may hold.</summary>
    public static readonly string[] Scopes = ["leads:create"];

    /// <summary>The key that a request brings, as <c>X-API-Key</c> or as a bearer token; a session's token goes before it.</summary>
    internal static string? Of(HttpRequest request)
    {
        var bearer = request.Headers.Authorization.ToString();
        if (bearer.Length == 0) return request.Headers[Header] is [{ Length: > 0 } key] ? key.Trim() : null;
        return bearer.StartsWith("Bearer " + Beginning, StringComparison.OrdinalIgnoreCase) ? bearer["Bearer ".Length..].Trim() : null;
    }
}

/// <summary>A route that an API key opens.</summary>
public sealed record AcceptsApiKey;

public static class ApiKeyEndpoints
{
    /// <summary>Lets API keys in that hold the route's permission. The handler asks <see cref="CurrentUser.Key"/>.</summary>
    public static TBuilder AcceptsApiKey<TBuilder>(this TBuilder route) where TBuilder : IEndpointConventionBuilder =>
        route.WithMetadata(new AcceptsApiKey());
}
