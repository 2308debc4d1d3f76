using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Npgsql;
using RealEstateOs.Platform.Authorization;
using RealEstateOs.Platform.Persistence;

namespace RealEstateOs.Platform.Events.Live;

internal static class StreamStatus
{
    /// <summary>
    /// The organization's open streams, and the position of its last event. The streams are those of the host that answers.
    /// </summary>
    public static async Task<Ok<StreamStatusResponse>> Handle(CurrentUser user, LiveStreams streams, UnitOfWork work, CancellationToken ct)
    {
        var own = streams.OpenIn(user.OrganizationId);
        await using var last = new NpgsqlCommand("select max(position) from platform.outbox where organization_id = $1",
            await work.OpenAsync(ct))
        {
            Parameters = { new() { Value = user.OrganizationId.Value } },
        };
        return TypedResults.Ok(new StreamStatusResponse(
            "active", own.Count, own.Select(s => s.Reader.UserId).Distinct().Count(), own.Count == 0 ? null : own.Min(s => s.Since),
            await last.ExecuteScalarAsync(ct) as long?, streams.Count));
    }
}

/// <param name="Connections">Open streams of the organization.</param>
/// <param name="Users">How many people they belong to.</param>
/// <param name="Since">When the oldest of them was opened.</param>
/// <param name="LastPosition">The id of the organization's last event.</param>
/// <param name="ConnectionsOnHost">Open streams of all organizations on this host.</param>
/// <param name="Status">Always active.</param>
public sealed record StreamStatusResponse(string Status, int Connections, int Users, DateTimeOffset? Since, long? LastPosition,
    int ConnectionsOnHost);
