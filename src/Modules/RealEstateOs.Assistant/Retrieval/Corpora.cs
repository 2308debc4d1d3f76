using Npgsql;
using RealEstateOs.Contracts.Auth;

namespace RealEstateOs.Assistant.Retrieval;

/// <summary>What searches of an organization count with: its passages, their words and their number.</summary>
internal static class Corpora
{
    /// <summary>
    /// Comes first in a transaction that writes any of them: one after the other, so that the counts stay right and nobody waits in a
    /// circle.
    /// </summary>
    public static NpgsqlBatchCommand Lock(OrganizationId organization) =>
        new("select pg_advisory_xact_lock(hashtextextended('assistant.corpora', $1))")
        {
            Parameters = { new() { Value = organization.Value } },
        };
}
