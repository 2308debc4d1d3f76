using System.Text.Json;
using FluentValidation;
using Microsoft.EntityFrameworkCore;
using RealEstateOs.Contracts.Social;
using RealEstateOs.Platform.Http;
using RealEstateOs.Platform.Imports;
using RealEstateOs.Platform.Persistence;
using RealEstateOs.Platform.Problems;
using RealEstateOs.Platform.Serialization;
using RealEstateOs.Social.Posts;

namespace RealEstateOs.Social.Analytics;

/// <summary>A line of a network's export: which post, when, and what was counted.</summary>
internal sealed record InsightRow
{
    public PostId? PostId { get; init; }
    [Alias("network_id")] public string? NetworkPostId { get; init; }
    public string? Permalink { get; init; }
    public DateTimeOffset? MeasuredAt { get; init; }
    public long? Views { get; init; }
    public long? Reach { get; init; }
    public long? Likes { get; init; }
    public long? Comments { get; init; }
    public long? Shares { get; init; }
    public long? Saves { get; init; }
    public long? Clicks { get; init; }

    public IEnumerable<(string Name, long? Value)> Counts =>
        [("views", Views), ("reach", Reach), ("likes", Likes), ("comments", Comments), ("shares", Shares), ("saves", Saves),
            ("clicks", Clicks)];
}

/// <summary>
/// Takes in what networks counted, from their exports (<c>POST /data/import</c>, entity <c>post_insights</c>). A cell that is empty stays
/// null: it is not zero. A file sent twice changes nothing.
/// </summary>
internal sealed class InsightImporter(SocialDb db, TimeProvider clock) : IRowImporter
{
    private static readonly Dictionary<string, string[]> Headings = new()
    {
        ["network_post_id"] = ["post id", "tweet id", "update id", "media id"],
        ["permalink"] = ["post link", "url", "update link", "tweet permalink", "link"],
        ["measured_at"] = ["date", "exported at", "as of"], ["views"] = ["impressions", "plays"],
        ["reach"] = ["accounts reached", "unique impressions", "people reached"],
        ["likes"] = ["reactions"], ["comments"] = ["replies"], ["shares"] = ["reposts", "retweets"], ["saves"] = ["saved", "bookmarks"],
        ["clicks"] = ["link clicks", "url clicks"],
    };

    public string Entity => "post_insights";

    public IReadOnlyList<ImportMember> Members { get; } = ImportMembers.Of<InsightRow>([], Headings);

    public string KeyMember => "post_id";

    public (string Create, string Update) Permissions => (SocialPermissions.Update, SocialPermissions.Update);

    public async Task<IReadOnlyList<RowOutcome>> WriteAsync(IReadOnlyList<ImportRow> rows, ImportRun run, CancellationToken ct)
    {
        var read = rows.Select(r => RowReader.Read<InsightRow>(r.Body, (IValidator<InsightRow>?)null)).ToList();
        var posts = await KnownAsync([.. read.Select(r => r.Body)], ct);
        var (outcomes, fresh, now) = (new RowOutcome[rows.Count], new Dictionary<(PostId, DateTimeOffset), Insight>(), clock.Now());
        for (var i = 0; i < rows.Count; i++)
        {
            var (row, errors) = read[i];
            errors.AddRange(row.Counts.Where(c => c.Value < 0).Select(c => FieldError.Range(c.Name, "must not be negative")));
            if (row.Counts.All(c => c.Value is null))
                errors.Add(FieldError.Missing("reach") with { Message = "or another figure is needed" });
            if (row.MeasuredAt > now.AddDays(1)) errors.Add(FieldError.Range("measured_at", "must not lie in the future"));
            var post = Find(row, posts);
            if (post is null) errors.Add(FieldError.Format("post_id", "names no published post; network_post_id or permalink do, too"));
            else if (run.MayChange == ChangeScope.None || run.MayChange == ChangeScope.Own && post.CreatedBy != run.UserId)
                errors.Add(FieldError.Format("post_id", "is a post that you may not change"));
            if (errors.Count > 0)
            {
                outcomes[i] = RowOutcome.Failed(errors);
                continue;
            }
            var at = row.MeasuredAt ?? now;
            outcomes[i] = RowState.Inserted;
            fresh[(post!.Id, at)] = new Insight
            {
                OrganizationId = db.CurrentOrganization, PostId = post.Id, MeasuredAt = at, Source = InsightSource.Csv, Views = row.Views,
                Reach = row.Reach, Likes = row.Likes,
                Comments = row.Comments, Shares = row.Shares, Saves = row.Saves, Clicks = row.Clicks,
            };
        }
        await InsightStore.WriteAsync(db, [.. fresh.Values], ct);
        return outcomes;
    }

    private async Task<List<Post>> KnownAsync(InsightRow[] rows, CancellationToken ct)
    {
        var (ids, numbers, links) = (rows.Select(r => r.PostId).OfType<PostId>().ToArray(), rows.SelectMany(NumbersOf).ToArray(),
            rows.Select(r => r.Permalink).OfType<string>().ToArray());
        return await db.Posts.AsNoTracking()
            .Where(p => p.PublishedAt != null && (ids.Contains(p.Id) || numbers.Contains(p.NetworkId) || links.Contains(p.Permalink)))
            .ToListAsync(ct);
    }

    // Networks head their own numbers "Post ID", too.
    private static IEnumerable<string?> NumbersOf(InsightRow row) =>
        new[] { row.NetworkPostId, row.PostId?.Value.ToString(System.Globalization.CultureInfo.InvariantCulture) }
            .Where(n => n is not null);

    private static Post? Find(InsightRow row, List<Post> posts) =>
        posts.Find(p => p.Id == row.PostId) ?? posts.Find(p => NumbersOf(row).Contains(p.NetworkId))
            ?? posts.Find(p => row.Permalink is { } link && p.Permalink == link);
}

/// <summary>Writes measurements, the same one once.</summary>
internal static class InsightStore
{
    public static Task WriteAsync(SocialDb db, IReadOnlyList<Insight> insights, CancellationToken ct)
    {
        if (insights.Count == 0) return Task.CompletedTask;
        var rows = JsonSerializer.Serialize(insights, Json.Options);
        return db.Database.ExecuteSqlAsync(
            $"""
             insert into social.insights
                 (organization_id, post_id, measured_at, source, views, reach, likes, comments, shares, saves, clicks)
             select {db.CurrentOrganization.Value}, post_id, measured_at, source, views, reach, likes, comments, shares, saves, clicks
             from jsonb_populate_recordset(null::social.insights, {rows}::jsonb)
             on conflict (post_id, measured_at, source) do update set views = excluded.views, reach = excluded.reach,
                 likes = excluded.likes,
                 comments = excluded.comments, shares = excluded.shares, saves = excluded.saves, clicks = excluded.clicks
             """, ct);
    }
}
