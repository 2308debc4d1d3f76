using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.DependencyInjection;
using RealEstateOs.Auth.Sessions;
using RealEstateOs.Platform.Http;
using RealEstateOs.Platform.Persistence;
using RealEstateOs.Platform.Problems;
using RealEstateOs.Platform.Security;

namespace RealEstateOs.Auth.Accounts;

public sealed record RefreshRequest : IRequestBody<RefreshRequest>
{
    /// <summary>The newest refresh token; it may stand in the Authorization header instead.</summary>
    [MaxLength(500)] public string? RefreshToken { get; init; }
}

internal static class Refresh
{
    /// <summary>
    /// Exchanges a refresh token for a new pair. A token that was exchanged before ends its session, unless it is the same request once
    /// more: a client that sends an <c>Idempotency-Key</c> may repeat it for 30 seconds if the answer was lost, and gets the same refresh
    /// token.
    /// </summary>
    public static async Task<Ok<TokenResponse>> Handle(RefreshRequest request, HttpContext http, DataSources sources,
        TenantTransaction transaction, CancellationToken ct)
    {
        var token = request.RefreshToken ?? BearerOf(http) ?? throw Problem.Invalid(FieldError.Missing("refresh_token"));
        var hash = Secrets.Hash(token);
        if (await Accounts.ByRefreshTokenAsync(sources, hash, ct) is not { IsActive: true } account) throw Refused();
        return TypedResults.Ok(await transaction.RunAsync(account.Organization, account.User,
            services => RotateAsync(services, token, http.Request.Headers["Idempotency-Key"], ct), ct) ?? throw Refused());
    }

    private static async Task<TokenResponse?> RotateAsync(IServiceProvider services, string token, string? key, CancellationToken ct) =>
        await services.GetRequiredService<SessionChanges>().RotateAsync(token, key, ct) is { } next
            ? await services.GetRequiredService<TokenResponses>().ForAsync(next.Session, next.RefreshToken, ct) : null;

    private static string? BearerOf(HttpContext http) =>
        http.Request.Headers.Authorization.ToString() is { } header && header.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase)
            ? header[7..].Trim() : null;

    private static Problem Refused() => Problem.NotAuthenticated(detail: "The refresh token is not valid (any more). Sign in again.");
}
