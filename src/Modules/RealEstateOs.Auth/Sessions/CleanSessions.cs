using RealEstateOs.Platform.Jobs;
using RealEstateOs.Platform.Persistence;

namespace RealEstateOs.Auth.Sessions;

/// <summary>
/// Sessions with their refresh tokens, and one-time links, that have been over for 30 days: until then they answer who was signed in from
/// where.
/// </summary>
internal sealed class CleanSessions(DataSources sources) : IRecurringJob
{
    public const string Kind = "cleanup.sessions";

    private const string SessionsSql =
        "delete from auth.sessions where id in (select id from auth.sessions where expires_at < now() - interval '30 days' limit $1)";
    private const string LinksSql = "delete from auth.account_tokens where id in (select id from auth.account_tokens "
        + "where expires_at < now() - interval '30 days' limit $1)";

    public async Task<object?> RunAsync(JobContext context, CancellationToken ct) =>
        new { sessions = await sources.DeleteInChunksAsync(SessionsSql, ct), links = await sources.DeleteInChunksAsync(LinksSql, ct) };
}
