using System.Net.WebSockets;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Npgsql;
using RealEstateOs.Contracts.Ids;
using RealEstateOs.Contracts.Jobs;
using RealEstateOs.Platform.Authorization;
using RealEstateOs.Platform.Http;
using RealEstateOs.Platform.Persistence;
using RealEstateOs.Platform.Tenancy;

namespace RealEstateOs.Assistant.Chat;

/// <summary>How far a job of the reader's is.</summary>
internal sealed record JobFrame(string JobId, string Kind, string State, int Progress, string? Step, string? Error)
{
    public string Type => "job";
    public string ProgressUrl => $"{ApiGroup.Root}/status/{JobId}";
}

internal static class JobSocket
{
    private const string Sql =
        """
        select id, kind, state, progress, step, error from platform.jobs
        where organization_id = platform.current_organization() and created_by = $1 and ($2::bigint is null or id = $2)
            and (state in ('queued', 'running') or finished_at > $3) and id > (select coalesce(max(id), 0) - 10000 from platform.jobs)
        order by id desc limit 50
        """;

    private static readonly TimeSpan BetweenLooks = TimeSpan.FromSeconds(1);

    /// <summary>
    /// The WebSocket of the asker's own jobs: a frame <c>job</c> for each that is under way, and again whenever it gets further or ends.
    /// </summary>
    /// <param name="job_id">Only this job.</param>
    /// <param name="token">The token, where the client can send no header.</param>
    public static async Task Handle(
        HttpContext http, CurrentUser user, IServiceScopeFactory scopes, TimeProvider clock, IHostApplicationLifetime host,
        JobId? job_id = null, string? token = null)
    {
        using var socket = await JsonSocket.AcceptAsync(http, clock);
        using var end = CancellationTokenSource.CreateLinkedTokenSource(http.RequestAborted, host.ApplicationStopping);
        try
        {
            var reading = ReadToEndAsync(socket, end);
            await socket.SendAsync(new { Type = "ready" }, end.Token);
            await TellAsync(socket, user.Principal, job_id, scopes, clock, end.Token);
            await reading;
        }
        catch (Exception gone) when (gone is OperationCanceledException or WebSocketException or IOException or TimeoutException)
        {
            // The client has gone, or the host stops.
        }
    }

    private static async Task TellAsync(JsonSocket socket, Principal who, JobId? job, IServiceScopeFactory scopes, TimeProvider clock,
        CancellationToken ct)
    {
        var (told, since) = (new Dictionary<string, JobFrame>(), clock.Now());
        for (;; await Task.Delay(BetweenLooks, clock, ct))
        {
            await using var scope = scopes.CreateTenantScope(who.OrganizationId, who.UserId);
            if (await scope.ServiceProvider.GetRequiredService<ISessionDirectory>().FindAsync(who.SessionId, ct) is null)
            {
                await socket.CloseAsync(WebSocketCloseStatus.PolicyViolation, "the session has ended");
                return;
            }
            foreach (var frame in await ReadAsync(scope.ServiceProvider.GetRequiredService<UnitOfWork>(), who, job, since, ct))
            {
                if (told.TryGetValue(frame.JobId, out var before) && before == frame) continue;
                told[frame.JobId] = frame;
                await socket.SendAsync(frame, ct);
            }
        }
    }

    private static async Task<List<JobFrame>> ReadAsync(UnitOfWork work, Principal who, JobId? job, DateTimeOffset since,
        CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(Sql, await work.OpenAsync(ct));
        command.With(new NpgsqlParameter { Value = who.UserId.Value }, Parameter.Long(job?.Value), Parameter.Time(since));
        await using var reader = await command.ExecuteReaderAsync(ct);
        var jobs = new List<JobFrame>();
        while (await reader.ReadAsync(ct))
            jobs.Add(new JobFrame(new JobId(reader.GetInt64(0)).Reference(), reader.GetString(1), reader.GetString(2), reader.GetInt32(3),
                reader.IsDBNull(4) ? null : reader.GetString(4), reader.IsDBNull(5) ? null : reader.GetString(5)));
        return jobs;
    }

    // Nothing is asked here; reading answers pings and sees the end.
    private static async Task ReadToEndAsync(JsonSocket socket, CancellationTokenSource end)
    {
        try
        {
            while (await socket.ReceiveAsync(end.Token) is not null) { }
            await socket.CloseAsync(WebSocketCloseStatus.NormalClosure, "");
        }
        catch (Exception gone) when (gone is OperationCanceledException or WebSocketException or IOException)
        {
        }
        await end.CancelAsync();
    }
}
