using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using RealEstateOs.Contracts.Auth;
using RealEstateOs.Platform.Http.Lists;

namespace RealEstateOs.Platform.Audit;

public static class AuditPermissions
{
    public const string Read = "audit:read";
}

/// <summary>One change: who did what to which resource, from where; <c>changes</c> has the values before and after.</summary>
/// <param name="Id">Number of the entry; a later entry has a higher one.</param>
/// <param name="Action">create, update or delete, or a word for what else was done.</param>
/// <param name="ResourceType">Kind of the record that changed.</param>
/// <param name="ResourceId">Id of the record that changed; null where it is none.</param>
/// <param name="Changes">Member by member, the value before and after.</param>
/// <param name="IpAddress">Where the request came from; null for background work.</param>
/// <param name="UserAgent">What the client called itself; null for background work.</param>
/// <param name="RequestId">The request, as in its header X-Request-ID; null for background work.</param>
public sealed record AuditLogResponse(
    long Id, UserId? UserId, string Action, string ResourceType, long? ResourceId, JsonElement Changes,
    string? IpAddress, string? UserAgent, string? RequestId, DateTimeOffset CreatedAt);

internal static class ListAuditLogs
{
    private static readonly ListSpec<AuditLog> Spec = new ListSpec<AuditLog>()
        .Is("user_id", a => a.UserId)
        .Is("action", a => a.Action)
        .Is("resource_type", a => a.ResourceType)
        .Is("resource_id", a => a.ResourceId)
        .Is("request_id", a => a.RequestId)
        .Range("created_at", a => a.CreatedAt)
        .Sort("created_at", a => a.CreatedAt)
        .By("-created_at");

    /// <summary>What was changed in the organization, by whom and from where.</summary>
    public static Task<ListResult<AuditLogResponse>> Handle(ListRequest list, AuditDb db, CancellationToken ct) =>
        list.PageAsync(
            db.AuditLogs.AsNoTracking(), Spec, a => a.Id,
            a => new AuditLogResponse(a.Id, a.UserId, a.Action, a.ResourceType, a.ResourceId, a.Changes, a.IpAddress, a.UserAgent,
                a.RequestId, a.CreatedAt), ct);
}
