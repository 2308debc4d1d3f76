using Npgsql;
using RealEstateOs.ApiTests.Messaging;

namespace RealEstateOs.ApiTests.Campaigns;

/// <summary>Leads by the thousand, by one statement: <c>crowd-1@example.com</c>, <c>crowd-2@example.com</c> …</summary>
internal static class LeadCrowd
{
    private const string Sql =
        """
        insert into leads.leads (organization_id, first_name, last_name, email, email_normalised, source, status, status_changed_at, score,
            score_is_manual, score_reasons,
            tags, awaits_routing, created_at, updated_at)
        select $1, 'Lina', 'Lead ' || n, 'crowd-' || n || '@example.com', 'crowd-' || n || '@example.com', 'website', 'new', now(), 50,
            false, '[]', '{}', false, now(), now()
        from generate_series(1, $2) as n
        """;

    public static bool Has(SunkMail mail) => mail.Recipient.StartsWith("crowd-", StringComparison.Ordinal);

    public static async Task InsertAsync(string systemConnectionString, long organization, int count)
    {
        await using var connection = new NpgsqlConnection(systemConnectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(Sql,
            connection) { Parameters = { new() { Value = organization }, new() { Value = count } } };
        await command.ExecuteNonQueryAsync();
    }
}
