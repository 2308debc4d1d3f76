using Npgsql;

namespace RealEstateOs.Bench.Analytics;

/// <summary>
/// Three years of a large office, made up, the same at each run: for each deal five leads, twenty activities and five messages.
/// </summary>
internal static class LargeOffice
{
    private static readonly string[] Statements =
    [
        """
        insert into properties.properties (organization_id, address, city, property_type, status, price, currency, features, amenities,
            tags,
            current_stage, stage_changed_at, has_memo, has_reply, assigned_user_id, created_at, updated_at)
        select $1, n || ' Palm Street', 'Dubai', (array['villa', 'apartment', 'townhouse', 'office'])[1 + n % 4],
            (array['available', 'pending', 'sold'])[1 + n % 3], 500000 + n % 1000 * 1000, 'USD', '{}', '{}', '{}', 'new', now(), false,
            false,
            1000 + n % 50, now() - n * (interval '1095 days' / ($2 / 5)), now()
        from generate_series($2 / 5, 1, -1) n
        """,
        """
        insert into leads.leads (organization_id, first_name, last_name, source, status, status_changed_at, score, score_is_manual,
            score_reasons,
            tags, assigned_to, awaits_routing, first_response_minutes, created_at, updated_at)
        select $1, 'Lead', 'No ' || n, (array['website', 'referral', 'portal', 'walk_in', 'phone'])[1 + n % 5],
            (array['new', 'contacted', 'qualified', 'nurturing', 'converted', 'lost'])[1 + n / 5 % 6], now(), n % 100, false, '[]', '{}',
            1000 + n % 50, false, case when n % 3 > 0 then n % 500 end, now() - n * (interval '1095 days' / $2), now()
        from generate_series($2, 1, -1) n
        """,
        """
        insert into deals.deals (organization_id, property_id, lead_id, deal_type, stage, stage_changed_at, value, currency,
            commission_rate,
            vat_rate, probability, probability_by_hand, closed_at, assigned_to, created_at, updated_at)
        select $1, p.id, l.id, (array['sale', 'lease'])[1 + n % 2], (array['closed_won', 'closed_lost', 'closed_won', 'closed_lost',
            'closed_lost', 'lead', 'qualified'])[1 + n % 7], now(), 500000 + n % 1000 * 1000, 'USD', 2, 5, 40, false,
            case when n % 7 < 5 then p.created_at + interval '30 days' end, 1000 + n % 50, p.created_at, now()
        from (select id, created_at, row_number() over (order by id) n from properties.properties where organization_id = $1) p
        join (select id, row_number() over (order by id) n from leads.leads where organization_id = $1) l using (n)
        """,
        """
        insert into leads.activities (organization_id, lead_id, activity_type, direction, description, completed_at, created_at, updated_at)
        select $1, l.id, (array['call', 'email', 'viewing', 'meeting'])[k], 'outbound', 'Spoke', l.created_at + k * interval '1 hour',
            l.created_at, l.created_at
        from leads.leads l cross join generate_series(1, 4) k where l.organization_id = $1
        """,
        """
        insert into outreach.communications (organization_id, channel, address, body, is_html, state, sent_at, opened_at, created_at)
        select $1, (array['email', 'sms'])[1 + id::int % 2], 'a@example.com', 'Words', false, 'sent', created_at,
            case when id % 3 = 0 then created_at end, created_at
        from leads.leads where organization_id = $1
        """,
    ];

    /// <summary>Loads so many leads and all that belongs to them.</summary>
    public static async Task LoadAsync(NpgsqlDataSource system, NpgsqlDataSource owner, long office, int leads)
    {
        foreach (var sql in Statements)
        {
            await using var command = system.CreateCommand(sql);
            command.CommandTimeout = 3600;
            command.Parameters.Add(new() { Value = office });
            if (sql.Contains("$2", StringComparison.Ordinal)) command.Parameters.Add(new() { Value = leads });
            await command.ExecuteNonQueryAsync();
        }
        await VacuumAsync(owner);
    }

    public static async Task VacuumAsync(NpgsqlDataSource owner)
    {
        await using var vacuum = owner.CreateCommand("vacuum (analyze)");
        vacuum.CommandTimeout = 3600;
        await vacuum.ExecuteNonQueryAsync();
    }
}
