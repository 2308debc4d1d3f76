using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using RealEstateOs.Auth.Roles;
using RealEstateOs.Contracts.Auth;
using RealEstateOs.Platform.Authorization;
using RealEstateOs.Platform.Http;
using RealEstateOs.Platform.Http.Lists;
using RealEstateOs.Platform.Persistence;
using RealEstateOs.Platform.Security;

namespace RealEstateOs.Auth.ApiKeys;

internal static class ManageApiKeys
{
    private const int Shown = 10;

    private static readonly ListSpec<ApiKey> Spec = new ListSpec<ApiKey>()
        .Flag("is_revoked", k => k.RevokedAt != null)
        .Is("source", k => k.Source)
        .Sort("created_at", k => k.CreatedAt).Sort("name", k => k.Name).Sort("last_used_at", k => k.LastUsedAt)
        .By("-created_at");

    /// <summary>The organization's API keys, revoked ones too; no secrets.</summary>
    public static Task<ListResult<ApiKeyResponse>> List(ListRequest list, AuthDb db, CancellationToken ct) =>
        list.PageAsync(db.ApiKeys.AsNoTracking(), Spec, k => k.Id, ApiKeyResponse.Projection, ct);

    /// <summary>One API key, without its secret.</summary>
    public static Task<Results<Ok<ApiKeyResponse>, NotFound>> Get(ApiKeyId id, AuthDb db, CancellationToken ct) =>
        db.ApiKeys.AsNoTracking().Where(k => k.Id == id).Select(ApiKeyResponse.Projection).AnswerOneAsync(ct);

    /// <summary>
    /// Makes an API key for a form or a portal. The answer shows the secret once. Whoever has it enters leads of the key's source by
    /// <c>POST /leads</c> with the header <c>X-API-Key</c>, and can do nothing else.
    /// </summary>
    public static async Task<Created<ApiKeyResponse>> Create(CreateApiKeyRequest request, AuthDb db, CurrentUser user, CancellationToken ct)
    {
        var scopes = request.Scopes?.Distinct().ToArray() ?? ApiKeyScheme.Scopes;
        user.MustHold(scopes);
        var secret = ApiKeyScheme.Beginning + Secrets.NewToken();
        var key = new ApiKey { Hash = Secrets.Hash(secret), Beginning = secret[..Shown], Scopes = scopes };
        request.ApplyTo(key);
        db.Add(key);
        await db.SaveChangesAsync(ct);
        return TypedResults.Created($"/api/v1/api-keys/{key.Id.Value}", ApiKeyResponse.Of(key) with { Key = secret });
    }

    /// <summary>Changes name, source or portal; leads that came keep what they have.</summary>
    public static async Task<Results<Ok<ApiKeyResponse>, NotFound>> Update(ApiKeyId id, UpdateApiKeyRequest request, AuthDb db,
        CancellationToken ct)
    {
        if (await db.ApiKeys.FirstOrDefaultAsync(k => k.Id == id, ct) is not { } key) return TypedResults.NotFound();
        request.ApplyTo(key);
        await db.SaveChangesAsync(ct);
        return TypedResults.Ok(ApiKeyResponse.Of(key));
    }

    /// <summary>Revokes the key, at once and for good; it stays in the list.</summary>
    public static async Task<Results<NoContent, NotFound>> Revoke(ApiKeyId id, AuthDb db, TimeProvider clock, CancellationToken ct)
    {
        if (await db.ApiKeys.FirstOrDefaultAsync(k => k.Id == id, ct) is not { } key) return TypedResults.NotFound();
        key.RevokedAt ??= clock.Now();
        await db.SaveChangesAsync(ct);
        return TypedResults.NoContent();
    }
}
