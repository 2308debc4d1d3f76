using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using RealEstateOs.Contracts.Auth;
using RealEstateOs.Contracts.Ids;
using RealEstateOs.Contracts.Jobs;
using RealEstateOs.Operations.DeadLetters;
using RealEstateOs.Platform.Authorization;
using RealEstateOs.Platform.Jobs;
using RealEstateOs.Platform.Persistence;

namespace RealEstateOs.Operations.Page;

/// <summary>Queues, hosts and schedules of the installation; running and failed jobs of the operator's organization.</summary>
internal static class JobsPage
{
    private const int Shown = 50;

    public static async Task<IResult> Show(HttpContext http, OperationsDb db, JobFigures figures, CurrentUser user, OperatorCookie cookie, CancellationToken ct)
    {
        var token = cookie.FormToken(user.Principal.SessionId);
        var running = await db.Jobs.AsNoTracking().Where(j => j.State == JobState.Running).OrderBy(j => j.Id).Take(Shown).ToListAsync(ct);
        var failed = await db.Jobs.AsNoTracking().Where(j => j.State == JobState.Failed).OrderByDescending(j => j.Id).Take(Shown).ToListAsync(ct);
        var html = new StringBuilder();
        html.Append(CultureInfo.InvariantCulture, $"<header><h1>Jobs</h1><div>{Html.Encode(user.Principal.Email)} {Button("/jobs/logout", "Sign out", token)}</div></header>");
        Queues(html, await figures.QueuesAsync(null, ct));
        Hosts(html, await figures.RunnersAsync(ct));
        Running(html, running);
        Failed(html, failed, token, user.May(OperationsPermissions.Manage));
        Recurring(html, await figures.RecurringAsync(ct));
        http.Response.Headers["Refresh"] = "15";
        return Html.Page(http, "Jobs", html.ToString());
    }

    public static async Task<IResult> Retry(JobId id, Platform.Jobs.DeadLetters letters, UnitOfWork work, CancellationToken ct)
    {
        await CommitAsync(work, () => letters.ReplayAsync(id, ct), ct);
        return TypedResults.LocalRedirect("/jobs");
    }

    public static async Task<IResult> Delete(JobId id, Platform.Jobs.DeadLetters letters, UnitOfWork work, CancellationToken ct)
    {
        await CommitAsync(work, () => letters.DeleteAsync(id, ct), ct);
        return TypedResults.LocalRedirect("/jobs");
    }

    public static async Task<IResult> SignOut(HttpContext http, CurrentUser user, IPageSignIn door, CancellationToken ct)
    {
        await door.SignOutAsync(user.OrganizationId, user.Id, user.Principal.SessionId, ct);
        OperatorCookie.Clear(http);
        return TypedResults.LocalRedirect("/jobs/login");
    }

    private static async Task CommitAsync(UnitOfWork work, Func<Task> act, CancellationToken ct)
    {
        await work.BeginAsync(ct);
        try
        {
            await act();
            await work.CommitAsync(ct);
        }
        finally
        {
            await work.RollbackAsync();
        }
    }

    private static void Queues(StringBuilder html, IReadOnlyList<QueueFigures> queues)
    {
        html.Append("<h2>Queues</h2><table id=\"queues\"><tr><th>Queue<th class=\"n\">Waiting<th class=\"n\">Running<th class=\"n\">Failed<th class=\"n\">Done in the last hour<th class=\"n\">Seconds each<th class=\"n\">Longest wait, seconds</tr>");
        foreach (var q in queues)
            html.Append(CultureInfo.InvariantCulture, $"<tr><td>{Html.Encode(q.Queue)}<td class=\"n\">{q.Queued}<td class=\"n\">{q.Running}<td class=\"n\">{q.Failed}<td class=\"n\">{q.CompletedLastHour}<td class=\"n\">{Figure(q.AverageSeconds)}<td class=\"n\">{Figure(q.OldestWaitingSeconds)}</tr>");
        html.Append("</table>");
    }

    private static void Hosts(StringBuilder html, IReadOnlyList<RunnerFigures> hosts)
    {
        html.Append("<h2>Hosts</h2><table id=\"hosts\"><tr><th>Host<th>Since<th>Last sign of life<th class=\"n\">Running<th class=\"n\">Places</tr>");
        foreach (var h in hosts)
            html.Append(CultureInfo.InvariantCulture, $"<tr><td>{Html.Encode(h.Name[..h.Name.LastIndexOf(':')])}<td>{Html.Time(h.StartedAt)}<td>{Html.Time(h.LastHeartbeat)}<td class=\"n\">{h.Running}<td class=\"n\">{h.Capacity}</tr>");
        html.Append("</table>");
        if (hosts.Count == 0) html.Append("<p class=\"bad\">No host runs jobs.</p>");
    }

    private static void Running(StringBuilder html, List<JobRecord> jobs)
    {
        html.Append("<h2>Running</h2>");
        if (jobs.Count == 0) html.Append("<p class=\"quiet\">Nothing runs at the moment.</p>");
        else
        {
            html.Append("<table id=\"running\"><tr><th>Job<th>Kind<th>Since<th>Progress<th>Step</tr>");
            foreach (var j in jobs)
                html.Append(CultureInfo.InvariantCulture, $"<tr><td>{j.Id.Reference()}<td>{Html.Encode(j.Kind)}<td>{Html.Time(j.StartedAt)}<td><progress max=\"100\" value=\"{j.Progress}\"></progress> {j.Progress} %<td>{Html.Encode(j.Step)}</tr>");
            html.Append("</table>");
        }
    }

    private static void Failed(StringBuilder html, List<JobRecord> jobs, string token, bool mayManage)
    {
        html.Append("<h2>Failed</h2>");
        if (jobs.Count == 0) html.Append("<p class=\"good\">No failed jobs.</p>");
        else
        {
            html.Append("<table id=\"failed\"><tr><th>Job<th>Kind<th>Failed<th class=\"n\">Attempts<th>Error<th></tr>");
            foreach (var j in jobs)
            {
                var buttons = mayManage ? Button($"/jobs/{j.Id.Reference()}/retry", "Retry", token) + " " + Button($"/jobs/{j.Id.Reference()}/delete", "Delete", token) : "";
                var fault = j.Fault is null ? "" : $"<details><summary>What was thrown</summary><pre>{Html.Encode(j.Fault)}</pre></details>";
                html.Append(CultureInfo.InvariantCulture, $"<tr><td>{j.Id.Reference()}<td>{Html.Encode(j.Kind)}<td>{Html.Time(j.FinishedAt)}<td class=\"n\">{j.Attempts}<td>{Html.Encode(j.Error)}{fault}<td>{buttons}</tr>");
            }
            html.Append("</table>");
        }
    }

    private static void Recurring(StringBuilder html, IReadOnlyList<RecurringFigures> schedules)
    {
        html.Append("<h2>Recurring</h2><table id=\"recurring\"><tr><th>Kind<th>Schedule (UTC)<th>Next run<th>Last run<th>Ended</tr>");
        foreach (var s in schedules)
            html.Append(CultureInfo.InvariantCulture, $"<tr><td>{Html.Encode(s.Kind)}<td><code>{Html.Encode(s.Cron)}</code><td>{Html.Time(s.NextRun)}<td>{Html.Time(s.PreviousRun)}<td>{Html.Encode(s.LastState ?? "–")}</tr>");
        html.Append("</table>");
    }

    private static string Figure(double? value) => value is { } v ? v.ToString("0.0", CultureInfo.InvariantCulture) : "–";

    private static string Button(string action, string label, string token) =>
        $"<form class=\"inline\" method=\"post\" action=\"{action}\"><input type=\"hidden\" name=\"token\" value=\"{token}\"><button>{label}</button></form>";
}
