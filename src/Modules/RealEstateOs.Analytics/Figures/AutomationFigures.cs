using Npgsql;
using RealEstateOs.Platform.Authorization;
using RealEstateOs.Platform.Persistence;

namespace RealEstateOs.Analytics.Figures;

/// <summary>Posts that were published in the period, with what was measured of each at last.</summary>
/// <param name="Measured">Posts that a network has told figures of; the sums are of these.</param>
/// <param name="Reach">null where no network told it, as <paramref name="Views"/> and <paramref name="Engagement"/>.</param>
/// <param name="Engagement">Likes, comments, shares and saves.</param>
/// <param name="LinkClicks">On the posts' own links, counted here.</param>
/// <param name="Leads">That came by these posts.</param>
/// <param name="Posts">That were published within the days.</param>
/// <param name="Views">Null where no network told it.</param>
public sealed record SocialFigures(long Posts, long Measured, long? Reach, long? Views, long? Engagement, long LinkClicks, long Leads);

/// <summary>Conversations with the assistant in the period; the office's with <c>assistant:usage</c>, else one's own.</summary>
/// <param name="Answers">Finished ones.</param>
/// <param name="Failed">Answers that failed or were cut off.</param>
/// <param name="Conversations">That somebody wrote in within the days.</param>
/// <param name="Questions">That people asked in them.</param>
public sealed record AssistantFigures(long Conversations, long Questions, long Answers, long Failed);

/// <summary>Executions of workflow packages that were started in the period, as they stand now.</summary>
/// <param name="CompletionRate">completed / (completed + failed); null where none ended so.</param>
/// <param name="Started">That began within the days.</param>
/// <param name="Completed">Of these, those that came to their end.</param>
/// <param name="Failed">Of these, those that a step stopped.</param>
/// <param name="Cancelled">Of these, those that somebody ended.</param>
public sealed record WorkflowFigures(long Started, long Completed, long Failed, long Cancelled, decimal? CompletionRate);

/// <summary>Counts what posts, conversations and workflows did, in the rows of the period.</summary>
internal sealed class AutomationFigures(UnitOfWork work, CurrentUser user)
{
    private const string SocialSql =
        """
        select count(*), count(*) filter (where coalesce(reach, views, engagement) is not null), sum(reach)::bigint, sum(views)::bigint,
            sum(engagement)::bigint, coalesce(sum(link_clicks), 0)::bigint, coalesce(sum(leads), 0)::bigint
        from social.report_posts
        where organization_id = $1 and published_at >= $2 and published_at < $3
            and (not $4 or created_by = $5) and ($6 = 0 or created_by = $6)
        """;

    private const string AssistantSql =
        """
        select count(distinct session_id), count(*) filter (where role = 'user'),
            count(*) filter (where role = 'assistant' and state = 'done'),
            count(*) filter (where role = 'assistant' and state in ('failed', 'interrupted'))
        from assistant.report_messages
        where organization_id = $1 and created_at >= $2 and created_at < $3 and (not $4 or created_by = $5) and ($6 = 0 or created_by = $6)
        """;

    private const string WorkflowSql =
        """
        select count(*), count(*) filter (where status = 'completed'), count(*) filter (where status = 'failed'),
            count(*) filter (where status = 'cancelled')
        from workflows.report_executions
        where organization_id = $1 and started_at >= $2 and started_at < $3 and (not $4 or user_id = $5) and ($6 = 0 or user_id = $6)
        """;

    /// <summary>null without the permission <c>social:read</c>.</summary>
    public Task<SocialFigures?> SocialAsync(FigureContext context, CancellationToken ct) =>
        ReadAsync(SocialSql, context, user.ReachOf(MayRead.Social), row => new SocialFigures(
            row.GetInt64(0), row.GetInt64(1), Known(row, 2), Known(row, 3), Known(row, 4), row.GetInt64(5), row.GetInt64(6)), ct);

    /// <summary>null without the permission <c>assistant:use</c>.</summary>
    public Task<AssistantFigures?> AssistantAsync(FigureContext context, CancellationToken ct) =>
        ReadAsync(AssistantSql, context,
            !user.May(MayRead.Assistant) ? Reach.None : user.May(MayRead.AssistantUsage) ? Reach.All : Reach.Own,
            row => new AssistantFigures(row.GetInt64(0), row.GetInt64(1), row.GetInt64(2), row.GetInt64(3)), ct);

    /// <summary>null without the permission <c>workflows:read</c>.</summary>
    public Task<WorkflowFigures?> WorkflowsAsync(FigureContext context, CancellationToken ct) =>
        ReadAsync(WorkflowSql, context, user.ReachOf(MayRead.Workflows), row => new WorkflowFigures(
            row.GetInt64(0), row.GetInt64(1), row.GetInt64(2), row.GetInt64(3),
            Numbers.Rate(row.GetInt64(1), row.GetInt64(1) + row.GetInt64(2))), ct);

    private async Task<T?> ReadAsync<T>(string sql, FigureContext context, Reach reach, Func<NpgsqlDataReader, T> read,
        CancellationToken ct)
        where T : class
    {
        if (reach == Reach.None) return null;
        await using var command = new NpgsqlCommand(sql, await work.OpenAsync(ct), work.Transaction)
        {
            Parameters =
            {
                new() { Value = work.Tenant.Required.Value }, new() { Value = context.Span!.Value.Start },
                new() { Value = context.Span.Value.End }, new() { Value = reach == Reach.Own }, new() { Value = user.Id.Value },
                new() { Value = context.Asked.Person?.Value ?? 0L },
            },
        };
        await using var row = await command.ExecuteReaderAsync(ct);
        await row.ReadAsync(ct);
        return read(row);
    }

    private static long? Known(NpgsqlDataReader row, int column) => row.IsDBNull(column) ? null : row.GetInt64(column);
}
