using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using RealEstateOs.Contracts.Auth;
using RealEstateOs.Contracts.Outreach;
using RealEstateOs.Platform.Http;
using RealEstateOs.Platform.Messaging;
using RealEstateOs.Platform.Persistence;
using RealEstateOs.Platform.Tenancy;

namespace RealEstateOs.Outreach.Deliveries;

/// <summary>What the links in mails lead to. A token opens nothing but its recipient's own links.</summary>
internal static class Tracking
{
    private static readonly byte[] Dot = Convert.FromBase64String("R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7");

    /// <summary>Notes the click and leads on to where the link of the campaign leads, nowhere else.</summary>
    public static async Task<IResult> Click(string token, int link, DataSources sources, IServiceScopeFactory scopes, TimeProvider clock,
        HttpContext http, CancellationToken ct)
    {
        if (await FindAsync(sources, token, ct) is not { } found || TrackedLinks.Target(found.Content, link) is not { } target)
            return Results.NotFound();
        var now = clock.Now();
        var kind = Machines.Fetches(http.Request, found.SentAt, now) ? MessageEventKind.ClickedByMachine : MessageEventKind.Clicked;
        if (!http.IsHead()) await NoteAsync(scopes, found, new MessageEvent(kind, now, null) { Link = link }, null, ct);
        return Redirects.To(target);
    }

    /// <summary>One transparent pixel.</summary>
    public static async Task<IResult> Open(string token, HttpContext http, DataSources sources, IServiceScopeFactory scopes,
        TimeProvider clock, CancellationToken ct)
    {
        if (!http.IsHead() && await FindAsync(sources, token, ct) is { } found)
        {
            var now = clock.Now();
            var kind = Machines.Fetches(http.Request, found.SentAt, now) ? MessageEventKind.OpenedByMachine : MessageEventKind.Opened;
            await NoteAsync(scopes, found, new MessageEvent(kind, now, null), null, ct);
        }
        http.Response.Headers.CacheControl = "no-store";
        return Results.Bytes(Dot, "image/gif");
    }

    internal static async Task<Found?> FindAsync(DataSources sources, string token, CancellationToken ct)
    {
        if (token.Length > 64) return null;
        await using var command = sources.System.CreateCommand(
            $"select organization_id, kind || '_' || id, address, channel, content, sent_at from ({AllDeliveries.Sql}) d where token = $1");
        command.Parameters.Add(new() { Value = token.Replace("\0", "", StringComparison.Ordinal) });
        await using var row = await command.ExecuteReaderAsync(ct);
        return await row.ReadAsync(ct)
            ? new Found(new OrganizationId(row.GetInt64(0)), row.GetString(1), row.GetString(2),
                row.GetString(3) == "sms" ? MessageChannel.Sms : MessageChannel.Email, row.GetString(4),
                row.IsDBNull(5) ? null : row.GetFieldValue<DateTimeOffset>(5)) : null;
    }

    internal static async Task NoteAsync(IServiceScopeFactory scopes, Found found, MessageEvent happened, SuppressionReason? suppress,
        CancellationToken ct)
    {
        await using var scope = scopes.CreateTenantScope(found.Organization);
        var work = scope.ServiceProvider.GetRequiredService<UnitOfWork>();
        await work.BeginAsync(ct);
        if (suppress is { } reason)
            await scope.ServiceProvider.GetRequiredService<ISuppressionList>().AddAsync(found.Channel, found.Address, reason, null, ct);
        if (MessageOwners.Find(scope.ServiceProvider.GetServices<IMessageOwner>(), found.Reference) is { } owned)
            await owned.Owner.HappenedAsync(owned.Id, happened, ct);
        await work.CommitAsync(ct);
    }

    internal sealed record Found(OrganizationId Organization, string Reference, string Address, MessageChannel Channel, string Content,
        DateTimeOffset? SentAt);
}
