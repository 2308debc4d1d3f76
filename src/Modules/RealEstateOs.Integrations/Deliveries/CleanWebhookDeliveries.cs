using Microsoft.Extensions.Configuration;
using Npgsql;
using RealEstateOs.Platform.Jobs;
using RealEstateOs.Platform.Persistence;

namespace RealEstateOs.Integrations.Deliveries;

/// <summary>Deliveries older than <c>Retention:WebhookDays</c> (30), with their attempts; what is still in a line stays.</summary>
internal sealed class CleanWebhookDeliveries(DataSources sources, IConfiguration configuration) : IRecurringJob
{
    public const string Kind = "cleanup.webhook_deliveries";

    private const string Sql =
        """
        delete from integrations.webhook_deliveries where id in (
            select id from integrations.webhook_deliveries where created_at < now() - make_interval(days => $1)
                and status in ('delivered', 'failed', 'held') limit $2)
        """;

    public async Task<object?> RunAsync(JobContext context, CancellationToken ct)
    {
        var days = configuration.GetValue("Retention:WebhookDays", 30);
        return new { deleted = await sources.DeleteInChunksAsync(Sql, ct, new NpgsqlParameter { Value = days }), older_than_days = days };
    }
}
