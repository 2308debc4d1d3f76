using System.Globalization;
using System.Security.Claims;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using RealEstateOs.Contracts.Ids;
using RealEstateOs.Platform.Persistence;
using RealEstateOs.Platform.Problems;
using RealEstateOs.Platform.Security;
using RealEstateOs.Platform.Tenancy;

namespace RealEstateOs.Platform.Authorization;

internal static class AuthenticationSetup
{
    private const string Bearer = "Bearer ", SessionEnded = "The session has ended.";

    public static IServiceCollection AddPlatformAuthentication(this IServiceCollection services, JwtSettings jwt)
    {
        services.AddSingleton(jwt).AddSingleton<ReadTokens>().AddSingleton<SessionHints>().AddSingleton<Operators>();
        services.AddAuthentication(JwtBearerDefaults.AuthenticationScheme).AddJwtBearer(options =>
        {
            options.MapInboundClaims = false;
            options.TokenValidationParameters = new TokenValidationParameters
            {
                ValidIssuer = JwtSettings.Issuer, ValidAudiences = [JwtSettings.Audience, JwtSettings.StreamAudience],
                IssuerSigningKey = jwt.Key,
                ValidAlgorithms = [SecurityAlgorithms.HmacSha256], ClockSkew = TimeSpan.FromSeconds(30), NameClaimType = "sub",
            };
            options.Events = new JwtBearerEvents { OnMessageReceived = FindTokenAsync, OnTokenValidated = EnterAsync,
                OnAuthenticationFailed = RememberWhy };
        });
        services.AddSingleton<IAuthorizationMiddlewareResultHandler, AuthorizationProblems>();
        services.AddScoped<IAuthorizationHandler, PermissionHandler>();
        return services.AddAuthorizationBuilder()
            .SetFallbackPolicy(new AuthorizationPolicyBuilder().RequireAssertion(
                c => c.User.Identity is { IsAuthenticated: true } || IsRefusalOfRouting(c.Resource)).Build()).Services;
    }

    // A wrong method or content type (405, 415) says so to everybody: signing in would not help.
    private static bool IsRefusalOfRouting(object? resource) =>
        (resource as HttpContext)?.GetEndpoint() is { } endpoint and not RouteEndpoint;

    private static async Task FindTokenAsync(MessageReceivedContext context)
    {
        if (ApiKeyScheme.Of(context.Request) is { } key)
        {
            await EnterByKeyAsync(context, key);
            return;
        }
        var services = context.HttpContext.RequestServices;
        var header = context.Request.Headers.Authorization.ToString();
        if (TakesStreamToken(context.HttpContext) && header.Length == 0)
            context.Token = context.Request.Query["token"].FirstOrDefault() ?? OfferedWithSocket(context.Request);
        if (!header.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase)) return;
        context.Token = header[Bearer.Length..].Trim();
        if (services.GetRequiredService<ReadTokens>().Find(context.Token) is not { } known) return;
        if (!await EnterAsync(services, known, context.HttpContext.RequestAborted))
        {
            context.Fail(SessionEnded);
            return;
        }
        context.Principal = known;
        context.Success();
    }

    // Nothing but the routes that say so is open to keys, whatever a route that comes later needs.
    private static async Task EnterByKeyAsync(MessageReceivedContext context, string key)
    {
        var http = context.HttpContext;
        if (http.GetEndpoint()?.Metadata.GetMetadata<AcceptsApiKey>() is null)
        {
            Refuse(context, new Problem(403, ErrorCodes.Forbidden, "InsufficientPermissionsError",
                "An API key does not open this. Sign in."));
            return;
        }
        if (await http.RequestServices.GetRequiredService<IApiKeyDirectory>().FindAsync(key, http.RequestAborted) is not { } who)
        {
            Refuse(context, Problem.NotAuthenticated(detail: "This API key is not known, or was revoked."));
            return;
        }
        http.RequestServices.GetRequiredService<CurrentUser>().SignIn(who);
        http.RequestServices.GetRequiredService<Tenant>().Enter(who.OrganizationId, null);
        var origin = http.RequestServices.GetRequiredService<ChangeOrigin>(); // the audit log names the key before the program
        origin.Program = $"{who.Key!.Id.Reference()} {origin.Program}".TrimEnd();
        context.Principal = new ClaimsPrincipal(new ClaimsIdentity([new Claim("sub", who.Key.Id.Reference())], "ApiKey", "sub", null));
        context.Success();
    }

    private static void Refuse(MessageReceivedContext context, Problem because)
    {
        context.HttpContext.Items[typeof(Problem)] = because;
        context.Fail(because);
    }

    // A browser's WebSocket sends no headers of its own, but subprotocols: ["bearer", token].
    private static string? OfferedWithSocket(HttpRequest request) =>
        request.Headers.SecWebSocketProtocol.ToString().Split(',', StringSplitOptions.TrimEntries) is ["bearer", var token] ? token : null;

    private static bool TakesStreamToken(HttpContext http) => http.GetEndpoint()?.Metadata.GetMetadata<AcceptsStreamToken>() is not null;

    private static async Task EnterAsync(TokenValidatedContext context)
    {
        if (context.Principal!.HasClaim("aud", JwtSettings.StreamAudience) && !TakesStreamToken(context.HttpContext))
        {
            context.Fail("This token only opens streams.");
            return;
        }
        if (!await EnterAsync(context.HttpContext.RequestServices, context.Principal, context.HttpContext.RequestAborted))
            context.Fail(SessionEnded);
        else if (!TakesStreamToken(context.HttpContext) && context.SecurityToken is JsonWebToken token)
            context.HttpContext.RequestServices.GetRequiredService<ReadTokens>().Keep(token.EncodedToken, context.Principal, token.ValidTo);
    }

    private static async Task<bool> EnterAsync(IServiceProvider services, ClaimsPrincipal token, CancellationToken ct)
    {
        var session = long.TryParse(token.FindFirst(JwtSettings.SessionClaim)?.Value, CultureInfo.InvariantCulture, out var id) ? id : 0;
        if (await services.GetRequiredService<ISessionDirectory>().FindAsync(session, ct) is not { } who) return false;
        services.GetRequiredService<CurrentUser>().SignIn(who);
        services.GetRequiredService<Tenant>().Enter(who.OrganizationId, who.UserId);
        return true;
    }

    private static Task RememberWhy(AuthenticationFailedContext context)
    {
        context.HttpContext.Items[typeof(Problem)] = context.Exception is SecurityTokenExpiredException
            ? Problem.NotAuthenticated(ErrorCodes.TokenExpired, "The access token has expired.")
            : Problem.NotAuthenticated();
        return Task.CompletedTask;
    }
}

/// <summary>An endpoint that a token of <c>POST /sse/token</c> opens, also from the address or among a WebSocket's subprotocols.</summary>
public sealed record AcceptsStreamToken;
