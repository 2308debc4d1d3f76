-- What people are ranked and paid by, with the person as the first word: counted in the rows, a year of a large office was the slowest of all figures.
create view analytics.leads_by_person_facts (organization_id, id, at, person, created_by, first, second, third, a, b, c, deal_id) with (security_invoker = true) as
    select l.organization_id, l.id, l.created_at, l.assigned_to, l.created_by, l.assigned_to::text, null::text, null::text,
    l.first_response_minutes::numeric, null::numeric, null::numeric, null::bigint
    from leads.report_leads l;

create view analytics.properties_by_person_facts (organization_id, id, at, person, created_by, first, second, third, a, b, c, deal_id) with (security_invoker = true) as
    select p.organization_id, p.id, p.created_at, p.assigned_user_id, p.created_by, p.assigned_user_id::text, null::text, null::text,
    null::numeric, null::numeric, null::numeric, null::bigint
    from properties.report_properties p;

create view analytics.closed_by_person_facts (organization_id, id, at, person, created_by, first, second, third, a, b, c, deal_id) with (security_invoker = true) as
    select d.organization_id, d.id, d.closed_at, d.assigned_to, d.created_by, d.assigned_to::text, d.stage, d.currency,
    d.value, d.gross_commission, extract(epoch from d.closed_at - d.created_at), d.id
    from deals.report_deals d where d.closed_at is not null and d.stage in ('closed_won', 'closed_lost');

-- A row for each share; the number is the deal's, by whose blocks changes are noted.
create view analytics.shares_by_person_facts (organization_id, id, at, person, created_by, first, second, third, a, b, c, deal_id) with (security_invoker = true) as
    select d.organization_id, d.id, d.closed_at, s.user_id, d.created_by, s.user_id::text, null::text, d.currency,
    d.gross_commission * s.percent / 100, null::numeric, null::numeric, d.id
    from deals.report_deals d join deals.report_shares s on s.deal_id = d.id where d.closed_at is not null and d.stage = 'closed_won';

grant select on analytics.leads_by_person_facts, analytics.properties_by_person_facts, analytics.closed_by_person_facts, analytics.shares_by_person_facts
    to reos_app, reos_system;

create or replace view analytics.changed_blocks with (security_invoker = true) as
    select f.fact, c.organization_id, c.block
    from platform.report_changes c
    join (values ('leads', 'leads'), ('properties', 'properties'), ('deals', 'deals'), ('closed', 'deals'), ('won', 'deals'), ('open', 'deals'),
        ('activities', 'lead_activities'), ('client_activities', 'client_activities'), ('stage_moves', 'stage_moves'),
        ('communications', 'communications'), ('leads_by_person', 'leads'), ('properties_by_person', 'properties'),
        ('closed_by_person', 'deals'), ('shares_by_person', 'deals')) f(fact, kind) on f.kind = c.kind
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
