using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using RealEstateOs.Platform.Http;
using RealEstateOs.Platform.Persistence;

namespace RealEstateOs.Social.Analytics;

/// <summary>What the link in a post leads to.</summary>
internal static class FollowLink
{
    // Whose link it is, only its token says; the click and where it leads are one statement.
    private const string Sql =
        """
        with post as (select id, organization_id, link_target from social.posts where link_token = $1 and link_target is not null),
        counted as (insert into social.link_days as d (organization_id, post_id, day, clicks) select organization_id, id, $2, 1 from post
            where $3
            on conflict (post_id, day) do update set clicks = d.clicks + 1)
        select link_target from post
        """;

    /// <summary>
    /// Counts by day, without a trace of who it was, and leads to the post's target, nowhere else. Our own page learns by which post
    /// somebody came.
    /// </summary>
    public static async Task<IResult> Handle(string token, HttpContext http, DataSources sources, PublicAddress address, TimeProvider clock,
        CancellationToken ct)
    {
        if (token.Length is < 10 or > 32 || token.Any(c => !char.IsAsciiLetterOrDigit(c) && c is not ('-' or '_')))
            return Results.NotFound();
        await using var command = sources.System.CreateCommand(Sql);
        command.Parameters.Add(new() { Value = token });
        command.Parameters.Add(new() { Value = DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime) });
        command.Parameters.Add(new() { Value = !http.IsHead() });
        if (await command.ExecuteScalarAsync(ct) is not string target) return Results.NotFound();
        http.Response.Headers.CacheControl = "no-store";
        return Redirects.To(target.StartsWith(address.Of("/p/"), StringComparison.Ordinal)
            ? QueryHelpers.AddQueryString(target, "via", token) : target);
    }
}
