using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using RealEstateOs.Contracts.Agenda;
using RealEstateOs.Contracts.Auth;
using RealEstateOs.Platform.Authorization;
using RealEstateOs.Platform.Persistence;
using RealEstateOs.Platform.Problems;
using RealEstateOs.Platform.Tenancy;

namespace RealEstateOs.Crm.Agenda;

/// <summary>What an agent has planned, by the organization's days.</summary>
public sealed record AgendaResponse
{
    public required UserId AgentId { get; init; }
    /// <summary>First day, included.</summary>
    public required DateOnly DateFrom { get; init; }
    /// <summary>Last day, included.</summary>
    public required DateOnly DateTo { get; init; }
    /// <summary>IANA name of the zone whose days these are.</summary>
    public required string TimeZone { get; init; }
    /// <summary>By time.</summary>
    public required IReadOnlyList<AgendaEntry> Entries { get; init; }
    /// <summary>Planned for the 30 days before and not done.</summary>
    public required IReadOnlyList<AgendaEntry> Overdue { get; init; }
}

internal static class GetAgenda
{
    private const int MostDays = 92, OverdueDays = 30;

    private static readonly string[] Kinds = [CrmPermissions.Read, "leads:read", "deals:read"];

    /// <summary>
    /// An agent's viewings, calls, tasks and closings, and what is overdue. It shows what the reader may see of leads, clients and deals.
    /// Another one's agenda takes the right to read all of one kind.
    /// </summary>
    /// <param name="agentId">Whose; default one's own.</param>
    /// <param name="dateFrom">First day, as 2026-12-01; default today.</param>
    /// <param name="dateTo">Last day; default six days later, at most 92 days in all.</param>
    public static async Task<Ok<AgendaResponse>> Handle(
        [FromQuery(Name = "agent_id")] UserId? agentId, [FromQuery(Name = "date_from")] DateOnly? dateFrom,
        [FromQuery(Name = "date_to")] DateOnly? dateTo,
        AgendaBook book, CurrentUser user, IOrganizationDirectory organizations, TimeProvider clock, CancellationToken ct)
    {
        var agent = agentId ?? user.Id;
        if (agent != user.Id && !Kinds.Any(kind => user.ReachOf(kind) == Reach.All)) throw Problem.Forbidden(CrmPermissions.Read);
        await organizations.RequireAsync(null, agent, ct, userMember: "agent_id");
        var zone = TimeZoneInfo.FindSystemTimeZoneById((await organizations.DefaultsAsync(ct)).TimeZone);
        var now = clock.Now();
        var from = dateFrom ?? LocalDay.Of(now, zone);
        var to = dateTo ?? (from <= DateOnly.MaxValue.AddDays(-7) ? from.AddDays(6) : DateOnly.MaxValue);
        if (to < from || to.DayNumber - from.DayNumber >= MostDays)
            throw Problem.Invalid(FieldError.Range("date_to",
                $"must be at or after date_from, at most {MostDays} days in all") with { In = "query" });
        if (from.Year is < 2000 or > 2999)
            throw Problem.Invalid(FieldError.Range("date_from", "must be a day of this millennium") with { In = "query" });
        var begin = LocalDay.Start(from, zone);
        var late = await book.OfAsync(new(agent, LocalDay.Start(from.AddDays(-OverdueDays), zone), begin, AgendaBook.Most), ct);
        var planned = await book.OfAsync(new(agent, begin, LocalDay.Start(to.AddDays(1), zone), AgendaBook.Most), ct);
        return TypedResults.Ok(new AgendaResponse
        {
            AgentId = agent, DateFrom = from, DateTo = to, TimeZone = zone.Id, Entries = [.. planned.Where(e => !e.IsCancelled)],
            Overdue = [.. late.Where(e => !e.IsDone && !e.IsCancelled && (e.At is null || e.At < now))],
        });
    }
}
