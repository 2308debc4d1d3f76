using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using NpgsqlTypes;
using RealEstateOs.Platform.Caching;
using RealEstateOs.Platform.Persistence;
using RealEstateOs.Platform.Problems;
using RealEstateOs.Platform.Security;
using RealEstateOs.Platform.Serialization;

namespace RealEstateOs.Platform.Http;

/// <summary>
/// A request with an Idempotency-Key. Its answer is recorded in the transaction of its effect, so the effect happens at most
/// once even if the process dies at any point; Redis only spares a repeat the look into the database. Refusals had no
/// effect and are not recorded: the client may mend the request and use the key again.
/// </summary>
internal sealed class IdempotentCall
{
    private const int MaxKeyLength = 255;
    private static readonly HashSet<string> RecordedHeaders = new(StringComparer.OrdinalIgnoreCase) { "Content-Type", "ETag", "Location" };
    private static readonly TimeSpan Kept = TimeSpan.FromHours(24);

    private readonly HttpContext http;
    private readonly UnitOfWork work;
    private readonly string key;
    private readonly byte[] fingerprint;
    private readonly RedisCache redis;
    private readonly SecretBox? seal;

    private IdempotentCall(HttpContext http, UnitOfWork work, string key, byte[] fingerprint)
    {
        (this.http, this.work, this.key, this.fingerprint) = (http, work, key, fingerprint);
        redis = http.RequestServices.GetRequiredService<RedisCache>();
        if (http.GetEndpoint()?.Metadata.GetMetadata<AnswersSecret>() is not null)
            seal = http.RequestServices.GetRequiredService<SecretBox>();
    }

    /// <summary>Null where the client sent no key, or is not signed in: answers to strangers hold secrets and are not kept.</summary>
    public static IdempotentCall? From(HttpContext http, UnitOfWork work, byte[] fingerprint)
    {
        if (http.Request.Headers["Idempotency-Key"] is not [{ } header]) return null;
        if (!work.User.IsSignedIn) return null;
        var key = header.Trim().Trim('"');
        if (key.Length is 0 or > MaxKeyLength || key.Any(char.IsControl))
            throw Problem.Invalid(FieldError.Range("idempotency_key",
                $"must have 1 to {MaxKeyLength} printable characters") with { In = "header" });
        return new IdempotentCall(http, work, key, fingerprint);
    }

    public async Task<IResult?> FromCacheAsync()
    {
        var cached = (await redis.GetBytesAsync(CacheKey)).Or(null);
        return cached is null ? null : Replay(JsonSerializer.Deserialize<StoredAnswer>(cached, Json.Options)!);
    }

    /// <summary>
    /// Takes the key for this transaction. Another request with it that is still running is a 409, a finished one is replayed.
    /// </summary>
    public async Task<IResult?> ClaimAsync(CancellationToken ct)
    {
        await using var batch = new NpgsqlBatch(work.Connection, work.Transaction)
        {
            BatchCommands =
            {
                new NpgsqlBatchCommand("select pg_try_advisory_xact_lock(hashtextextended($1, 42))") { Parameters =
                    { new() { Value = CacheKey } } },
                new NpgsqlBatchCommand("select fingerprint, status, headers, body from platform.idempotency_keys "
                    + "where organization_id = $1 and user_id = $2 and key = $3 and created_at > $4")
                {
                    Parameters =
                    {
                        new() { Value = work.Tenant.Required.Value }, new() { Value = work.User.Id.Value }, new() { Value = key },
                        new() { Value = work.Clock.Now() - Kept },
                    },
                },
            },
        };
        await using var reader = await batch.ExecuteReaderAsync(ct);
        await reader.ReadAsync(ct);
        var mine = reader.GetBoolean(0);
        await reader.NextResultAsync(ct);
        if (await reader.ReadAsync(ct))
            return Replay(new StoredAnswer(reader.GetFieldValue<byte[]>(0), reader.GetInt32(1), Headers(reader.GetString(2)),
                reader.GetFieldValue<byte[]>(3)));
        if (!mine)
            throw new Problem(409, ErrorCodes.Conflict, "BusinessLogicError",
                "A request with this Idempotency-Key is still running.") { RetryAfter = TimeSpan.FromSeconds(1) };
        return null;
    }

    /// <summary>Renders the answer before the commit, so that the record holds what the client will read.</summary>
    public async Task<IResult> RecordAsync(object? result, CancellationToken ct)
    {
        var answer = await RenderAsync(result);
        const string sql =
            """
            insert into platform.idempotency_keys (organization_id, user_id, key, fingerprint, status, headers, body, created_at)
            values ($1, $2, $3, $4, $5, $6, $7, $8)
            on conflict (organization_id, user_id, key) do update
            set fingerprint = excluded.fingerprint, status = excluded.status, headers = excluded.headers, body = excluded.body,
                created_at = excluded.created_at
            """;
        await using var command = new NpgsqlCommand(sql, work.Connection, work.Transaction)
        {
            Parameters =
            {
                new() { Value = work.Tenant.Required.Value }, new() { Value = work.User.Id.Value }, new() { Value = key },
                new() { Value = fingerprint },
                new() { Value = answer.Status },
                new() { Value = JsonSerializer.Serialize(answer.Headers, Json.Options), NpgsqlDbType = NpgsqlDbType.Jsonb },
                new() { Value = answer.Body }, new() { Value = work.Clock.Now() },
            },
        };
        await command.ExecuteNonQueryAsync(ct);
        work.AfterCommit(_ => redis.SetAsync(CacheKey, JsonSerializer.SerializeToUtf8Bytes(answer, Json.Options), Kept));
        return new StoredResult(Opened(answer), replayed: false);
    }

    private IResult Replay(StoredAnswer answer) => answer.Fingerprint.AsSpan().SequenceEqual(fingerprint)
        ? new StoredResult(Opened(answer), replayed: true)
        : throw Problem.Invalid(FieldError.Format("idempotency_key", "was already used for another request") with { In = "header" });

    private async Task<StoredAnswer> RenderAsync(object? result)
    {
        var response = http.Response;
        var body = response.Body;
        using var buffer = new MemoryStream();
        response.Body = buffer;
        try
        {
            await ((IResult)(result ?? Results.Empty)).ExecuteAsync(http);
        }
        finally
        {
            response.Body = body;
        }
        var headers = response.Headers.Where(h => RecordedHeaders.Contains(h.Key)).ToDictionary(h => h.Key, h => h.Value.ToString());
        return new StoredAnswer(fingerprint, response.StatusCode, headers, seal?.Seal(buffer.ToArray(), CacheKey) ?? buffer.ToArray());
    }

    private StoredAnswer Opened(StoredAnswer answer) => seal is null ? answer : answer with
    {
        Body = seal.Open(answer.Body, CacheKey)
            ?? throw Problem.Conflict(
                "The answer was recorded under a key that this installation has no more. Use another Idempotency-Key."),
    };

    private string CacheKey => $"idem:{work.Tenant.Required.Value}:{work.User.Id.Value}:{key}";

    private static Dictionary<string, string> Headers(string json) =>
        JsonSerializer.Deserialize<Dictionary<string, string>>(json, Json.Options)!;

    private sealed record StoredAnswer(byte[] Fingerprint, int Status, Dictionary<string, string> Headers, byte[] Body);

    private sealed class StoredResult(StoredAnswer answer, bool replayed) : IResult
    {
        public async Task ExecuteAsync(HttpContext httpContext)
        {
            var response = httpContext.Response;
            response.StatusCode = answer.Status;
            foreach (var (name, value) in answer.Headers) response.Headers[name] = value;
            if (replayed) response.Headers["Idempotency-Replayed"] = "true";
            if (answer.Body.Length > 0) await response.Body.WriteAsync(answer.Body, httpContext.RequestAborted);
        }
    }
}

/// <summary>Marks a route whose answer shows a secret: the record that a repeat replays is sealed.</summary>
public sealed class AnswersSecret;
