using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http;
using Npgsql;
using RealEstateOs.Platform.Messaging;

namespace RealEstateOs.Outreach.Messages;

/// <summary>
/// Tells people from the programs that fetch what a mail links to: scanners of mail servers, prefetching browsers, Apple's privacy proxy.
/// In doubt it is a person; what is taken for a program is counted, too, beside what people did.
/// </summary>
internal static partial class Machines
{
    /// <summary>Nobody has read a mail so soon after it left.</summary>
    private static readonly TimeSpan TooSoon = TimeSpan.FromSeconds(5);

    /// <summary>Nobody follows two links of a mail within.</summary>
    private static readonly TimeSpan Burst = TimeSpan.FromSeconds(2);

    /// <summary>Does a program fetch this, by what it says of itself, or too soon?</summary>
    public static bool Fetches(HttpRequest request, DateTimeOffset? sent, DateTimeOffset now) =>
        sent is not { } left || now - left < TooSoon || IsPrefetch(request.Headers) || IsProgram(request.Headers.UserAgent.ToString());

    /// <summary>
    /// Notes which link was followed. Answers since when clicks are a program's: another link of the same mail was followed just before.
    /// </summary>
    public static async Task<DateTimeOffset?> BurstAsync(OutreachDb db, string table, long id, MessageEvent click, CancellationToken ct)
    {
        if (click.Link is not { } link) return null;
        var since = click.At - Burst;
        var sql =
            $"""
             with before as (select id, last_link, last_link_at from {table} where id = $1 for update)
             update {table} t set last_link = $2, last_link_at = $3 from before where t.id = before.id
             returning coalesce(before.last_link <> $2 and before.last_link_at >= $4, false)
             """;
        await using var command = new NpgsqlCommand(sql, await db.Work.OpenAsync(ct), db.Work.Transaction)
        {
            Parameters = { new() { Value = id }, new() { Value = link }, new() { Value = click.At }, new() { Value = since } },
        };
        return await command.ExecuteScalarAsync(ct) is true ? since : null;
    }

    private static bool IsPrefetch(IHeaderDictionary headers) => new[] { "Sec-Purpose", "Purpose", "X-Purpose", "X-Moz" }
        .Any(name => headers[name].ToString() is var purpose && Purpose().IsMatch(purpose));

    // Apple's proxy calls itself Mozilla/5.0 and nothing else. Gmail's and Yahoo's fetch a picture when somebody opens the mail.
    private static bool IsProgram(string userAgent) => userAgent.Trim() is "" or "Mozilla/5.0" || Program().IsMatch(userAgent);

    [GeneratedRegex("prefetch|prerender|preview", RegexOptions.IgnoreCase)]
    private static partial Regex Purpose();

    [GeneratedRegex(@"bot\b|crawl|spider|scan|headless|preview|monitor|barracuda|proofpoint|mimecast|symantec|fireeye|trendmicro"
        + @"|curl/|wget/|python|java/|go-http-client|libwww|node-fetch|axios|postman", RegexOptions.IgnoreCase)]
    private static partial Regex Program();
}
