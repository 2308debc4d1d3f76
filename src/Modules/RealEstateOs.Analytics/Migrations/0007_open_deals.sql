-- Open deals by the month in which they are expected to close: counted in the rows, an office with tens of thousands of them waited for its forecast.
create view analytics.open_facts (organization_id, id, at, person, created_by, first, second, third, a, b, c, deal_id) with (security_invoker = true) as
    select d.organization_id, d.id, d.created_at, d.assigned_to, d.created_by, to_char(d.expected_close_date, 'YYYY-MM"-01"'), null::text, d.currency, d.value,
    d.value * d.probability / 100, d.gross_commission * d.probability / 100, d.id
    from deals.report_deals d where d.stage not in ('closed_won', 'closed_lost');
grant select on analytics.open_facts to reos_app, reos_system;

-- From the changes to the deals that they touch, never round: changes are few, which their statistics don't say of a table that is emptied each minute.
create or replace view analytics.changed_blocks with (security_invoker = true) as
    select f.fact, c.organization_id, c.block
    from platform.report_changes c
    join (values ('leads', 'leads'), ('properties', 'properties'), ('deals', 'deals'), ('closed', 'deals'), ('won', 'deals'), ('open', 'deals'),
        ('activities', 'lead_activities'), ('client_activities', 'client_activities'), ('stage_moves', 'stage_moves'),
        ('communications', 'communications')) f(fact, kind) on f.kind = c.kind
    union all
    select 'won', c.organization_id, d.id >> 8
    from platform.report_changes c
    cross join lateral (select r.id from deals.report_deals r
        where r.organization_id = c.organization_id and r.lead_id >= c.block << 8 and r.lead_id < (c.block + 1) << 8 offset 0) d
    where c.kind = 'lead_sources'
    union all
    select 'won', c.organization_id, d.id >> 8
    from platform.report_changes c
    cross join lateral (select r.id from deals.report_deals r
        where r.organization_id = c.organization_id and r.property_id >= c.block << 8 and r.property_id < (c.block + 1) << 8 offset 0) d
    where c.kind = 'property_entries';
