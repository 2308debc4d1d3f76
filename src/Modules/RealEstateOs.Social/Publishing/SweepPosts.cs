using Npgsql;
using RealEstateOs.Contracts.Auth;
using RealEstateOs.Platform.Jobs;
using RealEstateOs.Platform.Persistence;

namespace RealEstateOs.Social.Publishing;

internal sealed record DuePosts;

/// <summary>Finds the offices with posts that are due, in all tenants, and has each publish its own.</summary>
internal sealed class SweepPosts(DataSources sources, JobQueue jobs, TimeProvider clock) : IRecurringJob
{
    public const string Kind = "social.sweep";

    private const string Sql =
        "select distinct organization_id from social.posts where status in ('scheduled', 'publishing') and due_at <= $1";

    public async Task<object?> RunAsync(JobContext context, CancellationToken ct)
    {
        var offices = new List<OrganizationId>();
        await using var connection = await sources.System.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        await using (var command = new NpgsqlCommand(Sql, connection, transaction) { Parameters = { new() { Value = clock.Now() } } })
        await using (var reader = await command.ExecuteReaderAsync(ct))
            while (await reader.ReadAsync(ct)) offices.Add(new OrganizationId(reader.GetInt64(0)));
        foreach (var office in offices)
            await jobs.EnqueueForAsync(transaction, office, PublishDue.Kind, new DuePosts(), ct, uniqueKey: "due");
        await transaction.CommitAsync(ct);
        return new { offices = offices.Count };
    }
}
