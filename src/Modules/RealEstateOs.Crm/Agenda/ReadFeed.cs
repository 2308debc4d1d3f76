using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Net.Http.Headers;
using RealEstateOs.Contracts.Agenda;
using RealEstateOs.Contracts.Auth;
using RealEstateOs.Platform.Authorization;
using RealEstateOs.Platform.Http;
using RealEstateOs.Platform.Persistence;
using RealEstateOs.Platform.Security;
using RealEstateOs.Platform.Tenancy;

namespace RealEstateOs.Crm.Agenda;

internal static class ReadFeed
{
    private const int DaysBack = 90, DaysAhead = 366;

    /// <summary>
    /// The agenda as an iCalendar file for calendar programs. The secret in the address is all they have; the person must still work here.
    /// </summary>
    public static async Task<Results<FileContentHttpResult, NotFound>> Handle(
        string token, DataSources sources, IServiceScopeFactory scopes, PublicAddress address, TimeProvider clock, HttpContext http,
        CancellationToken ct)
    {
        if (token.Length > 64 || await OwnerAsync(sources, token, ct) is not { } owner) return TypedResults.NotFound();
        await using var scope = scopes.CreateTenantScope(owner.Organization, owner.User);
        await scope.ServiceProvider.GetRequiredService<UnitOfWork>().OpenAsync(ct);
        var organizations = scope.ServiceProvider.GetRequiredService<IOrganizationDirectory>();
        if ((await organizations.PeopleAsync([owner.User], ct)).GetValueOrDefault(owner.User) is not { IsActive: true } person)
            return TypedResults.NotFound();
        await scope.ServiceProvider.GetRequiredService<CurrentUser>().ActForAsync(owner.User,
            scope.ServiceProvider.GetRequiredService<ISessionDirectory>(), ct);
        var today = clock.GetUtcNow().UtcDateTime.Date;
        var span = new AgendaSpan(owner.User, new(today.AddDays(-DaysBack), TimeSpan.Zero), new(today.AddDays(DaysAhead), TimeSpan.Zero),
            AgendaBook.Most);
        var entries = await scope.ServiceProvider.GetRequiredService<AgendaBook>().OfAsync(span, ct);
        var content = Encoding.UTF8.GetBytes(FeedText.Of(entries, $"{person.FullName}, {(await organizations.DefaultsAsync(ct)).Name}",
            new Uri(address.Of("/")).Host, address.OfRecord));
        http.Response.Headers.CacheControl = "private, max-age=300";
        http.Response.Headers["X-Robots-Tag"] = "noindex";
        return TypedResults.File(content, "text/calendar; charset=utf-8", "agenda.ics",
            entityTag: new EntityTagHeaderValue($"\"{Convert.ToHexStringLower(SHA256.HashData(content).AsSpan(0, 12))}\""));
    }

    // Before any tenant is known: by the hash of an unguessable secret. The time of the reading is kept to the hour.
    private static async Task<(OrganizationId Organization, UserId User)?> OwnerAsync(DataSources sources, string token,
        CancellationToken ct)
    {
        await using var command = sources.System.CreateCommand(
            """
            with found as (select id, organization_id, user_id, last_read_at from crm.calendar_feeds where token_hash = $1),
                 noted as (update crm.calendar_feeds f set last_read_at = now() from found where f.id = found.id
                     and (found.last_read_at is null or found.last_read_at < now() - interval '1 hour'))
            select organization_id, user_id from found
            """);
        command.Parameters.Add(new() { Value = Secrets.Hash(token) });
        await using var row = await command.ExecuteReaderAsync(ct);
        return await row.ReadAsync(ct) ? (new OrganizationId(row.GetInt64(0)), new UserId(row.GetInt64(1))) : null;
    }
}
