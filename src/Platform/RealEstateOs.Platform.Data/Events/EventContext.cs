using System.Data.Common;
using RealEstateOs.Contracts.Auth;

namespace RealEstateOs.Platform.Events;

/// <summary>
/// An event as the outbox keeps it. <see cref="Position"/> orders all events; <see cref="Id"/> identifies this one for good.
/// </summary>
public sealed record EventContext(
    long Position, long Id, OrganizationId OrganizationId, string Type, string Payload, UserId? Actor, string? RequestId,
    DateTimeOffset OccurredAt)
{
    internal const string Columns =
        "o.position, o.id, o.organization_id, o.event_type, o.payload::text, o.actor_id, o.request_id, o.occurred_at";

    internal static async Task<List<EventContext>> ReadAsync(DbDataReader rows, CancellationToken ct)
    {
        var events = new List<EventContext>();
        while (await rows.ReadAsync(ct))
            events.Add(new EventContext(
                rows.GetInt64(0), rows.GetInt64(1), new OrganizationId(rows.GetInt64(2)), rows.GetString(3), rows.GetString(4),
                await rows.IsDBNullAsync(5, ct) ? null : new UserId(rows.GetInt64(5)),
                await rows.IsDBNullAsync(6, ct) ? null : rows.GetString(6),
                await rows.GetFieldValueAsync<DateTimeOffset>(7, ct)));
        return events;
    }
}
