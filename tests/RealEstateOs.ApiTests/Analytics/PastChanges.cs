using Npgsql;
using RealEstateOs.ApiTests.Fixture;

namespace RealEstateOs.ApiTests.Analytics;

/// <summary>All that can happen to what figures are counted from, at random: late entries, corrections, records deleted, restored and
/// gone.</summary>
internal sealed class PastChanges(Office office, Random random)
{
    private const string Somebody = "(select min(id) from auth.users where organization_id = $1)";

    private static readonly string[] Statements =
    [
        $"update leads.leads set status = 'converted', score = 77 where id = {Any("leads.leads")}",
        $"update leads.leads set created_at = created_at - interval '40 days', first_response_minutes = 12 where id = {Any("leads.leads")}",
        $"update leads.leads set source = 'referral' where id = {Any("leads.leads")}",
        $"update leads.leads set deleted_at = case when deleted_at is null then now() end where id = {Any("leads.leads")}",
        $"delete from leads.leads where id = {Any("leads.leads")}",
        $"update deals.deals set stage = 'closed_won', closed_at = now() - random() * interval '700 days' where id = {Any("deals.deals")}",
        $"update deals.deals set stage = 'closing', closed_at = null where id = {Any("deals.deals")}",
        $"update deals.deals set value = value + 1.5, currency = 'USD', commission_rate = 2.5 where id = {Any("deals.deals")}",
        $"""
        update deals.deals set lead_id = {Any("leads.leads")}, property_id = {Any("properties.properties")} where id = {Any("deals.deals")}
        """,
        $"update leads.leads set assigned_to = case when assigned_to is null then {Somebody} end where id = {Any("leads.leads")}",
        $"""
        update properties.properties set assigned_user_id = case when assigned_user_id is null then {Somebody} end
        where id = {Any("properties.properties")}
        """,
        $"update deals.deals set assigned_to = case when assigned_to is null then {Somebody} end where id = {Any("deals.deals")}",
        $"""
        insert into deals.splits (organization_id, deal_id, position, user_id, percent) select $1, {Any("deals.deals")}, 0, {Somebody}, 40
        on conflict do nothing
        """,
        $"update deals.splits set percent = percent / 2 where id = {Any("deals.splits")}",
        $"delete from deals.splits where id = {Any("deals.splits")}",
        $"update deals.deals set deleted_at = case when deleted_at is null then now() end where id = {Any("deals.deals")}",
        $"delete from deals.deals where id = {Any("deals.deals")}",
        $"update properties.properties set status = 'sold', price = price + 0.5 where id = {Any("properties.properties")}",
        $"update properties.properties set created_at = created_at - interval '3 days' where id = {Any("properties.properties")}",
        $"""
        update properties.properties set deleted_at = case when deleted_at is null then now() end where id = {Any("properties.properties")}
        """,
        $"""
        insert into leads.activities (organization_id, lead_id, activity_type, direction, description, completed_at, created_at, updated_at)
        select $1, id, 'call', 'outbound', 'A call', now() - random() * interval '700 days', now(), now()
        from leads.leads where organization_id = $1
        """,
        $"update leads.activities set outcome = 'cancelled' where id = {Any("leads.activities")}",
        $"update leads.activities set lead_id = {Any("leads.leads")} where id = {Any("leads.activities")}",
        $"""
        insert into crm.activities (organization_id, client_id, activity_type, description, completed_at, created_at, updated_at)
        select $1, id, 'viewing', 'A viewing', now() - random() * interval '700 days', now(), now()
        from crm.clients where organization_id = $1
        """,
        $"update crm.activities set completed_at = null where id = {Any("crm.activities")}",
        $"update crm.clients set deleted_at = case when deleted_at is null then now() end where id = {Any("crm.clients")}",
        $"""
        insert into deals.stage_moves (organization_id, deal_id, from_stage, to_stage, moved_at)
        select $1, id, stage, 'closing', created_at + random() * interval '90 days' from deals.deals where organization_id = $1
        """,
        $"""
        insert into outreach.communications (organization_id, channel, address, body, is_html, state, sent_at, created_at)
        select $1, 'email', 'a@example.com', 'Words', false, 'sent', now(), now() - random() * interval '700 days'
        from generate_series(1, 20)
        """,
        $"update outreach.communications set delivered_at = now(), opened_at = now() where id = {Any("outreach.communications")}",
        $"update outreach.communications set replied_at = now(), channel = 'sms' where id = {Any("outreach.communications")}",
    ];

    /// <summary>Each of them once, in any order.</summary>
    public async Task MakeAsync()
    {
        foreach (var sql in Statements.OrderBy(_ => random.Next()).ToArray())
            try
            {
                await office.ChangeAsync(sql);
            }
            catch (PostgresException fault) when (fault.SqlState == PostgresErrorCodes.ForeignKeyViolation)
            {
                // Another deleted meanwhile what this would belong to.
            }
    }

    private static string Any(string table) => $"(select id from {table} where organization_id = $1 order by random() limit 1)";
}
