-- A view for each kind of fact: a statement about one is planned without looking at all the others, which took longer than counting.

create view analytics.leads_facts (organization_id, id, at, person, created_by, first, second, third, a, b, c, deal_id) with (security_invoker = true) as
    select l.organization_id, l.id, l.created_at as at, l.assigned_to as person, l.created_by, l.status as first, l.source as second, null::text as third,
    l.first_response_minutes::numeric as a, l.score::numeric as b, null::numeric as c, null::bigint as deal_id
    from leads.report_leads l;

create view analytics.properties_facts (organization_id, id, at, person, created_by, first, second, third, a, b, c, deal_id) with (security_invoker = true) as
    select p.organization_id, p.id, p.created_at, p.assigned_user_id, p.created_by, p.status, p.property_type, p.currency, p.price, null::numeric, null::numeric, null::bigint
    from properties.report_properties p;

create view analytics.deals_facts (organization_id, id, at, person, created_by, first, second, third, a, b, c, deal_id) with (security_invoker = true) as
    select d.organization_id, d.id, d.created_at, d.assigned_to, d.created_by, d.stage, d.deal_type, d.currency, d.value, null::numeric, null::numeric, d.id
    from deals.report_deals d;

create view analytics.closed_facts (organization_id, id, at, person, created_by, first, second, third, a, b, c, deal_id) with (security_invoker = true) as
    select d.organization_id, d.id, d.closed_at, d.assigned_to, d.created_by, d.stage, d.deal_type, d.currency, d.value, d.gross_commission,
    extract(epoch from d.closed_at - d.created_at), d.id
    from deals.report_deals d where d.closed_at is not null and d.stage in ('closed_won', 'closed_lost');

create view analytics.activities_facts (organization_id, id, at, person, created_by, first, second, third, a, b, c, deal_id) with (security_invoker = true) as
    select w.organization_id, w.id, w.completed_at, w.assigned_to, w.created_by, w.activity_type, null::text, null::text, null::numeric, null::numeric, null::numeric, null::bigint
    from leads.report_activities w where w.completed_at is not null and not w.called_off;

create view analytics.client_activities_facts (organization_id, id, at, person, created_by, first, second, third, a, b, c, deal_id) with (security_invoker = true) as
    select w.organization_id, w.id, w.completed_at, w.assigned_to, w.created_by, w.activity_type, null::text, null::text, null::numeric, null::numeric, null::numeric, null::bigint
    from crm.report_activities w where w.completed_at is not null and not w.called_off;

create view analytics.won_facts (organization_id, id, at, person, created_by, first, second, third, a, b, c, deal_id) with (security_invoker = true) as
    select d.organization_id, d.id, d.closed_at, d.assigned_to, d.created_by, l.source, null::text, d.currency, d.value, d.gross_commission,
    extract(epoch from d.closed_at - p.created_at), d.id
    from deals.report_deals d
    left join leads.report_leads l on l.id = d.lead_id and l.organization_id = d.organization_id
    left join properties.report_properties p on p.id = d.property_id and p.organization_id = d.organization_id
    where d.closed_at is not null and d.stage = 'closed_won';

create view analytics.stage_moves_facts (organization_id, id, at, person, created_by, first, second, third, a, b, c, deal_id) with (security_invoker = true) as
    select m.organization_id, m.id, m.moved_at, d.assigned_to, d.created_by, m.from_stage, null::text, null::text,
    extract(epoch from m.moved_at - m.entered_at), null::numeric, null::numeric, d.id
    from deals.report_stage_moves m join deals.report_deals d on d.id = m.deal_id;

create view analytics.communications_facts (organization_id, id, at, person, created_by, first, second, third, a, b, c, deal_id) with (security_invoker = true) as
    select c.organization_id, c.id, c.created_at, c.created_by, c.created_by, c.channel,
    concat_ws(' ', case when c.delivered_at is not null then 'delivered' end, case when c.opened_at is not null then 'opened' end,
    case when c.clicked_at is not null then 'clicked' end, case when c.replied_at is not null then 'replied' end,
    case when c.bounced_at is not null then 'bounced' end), null::text, null::numeric, null::numeric, null::numeric, null::bigint
    from outreach.report_communications c where c.sent_at is not null;

drop view analytics.facts;
grant select on analytics.leads_facts, analytics.properties_facts, analytics.deals_facts, analytics.closed_facts, analytics.activities_facts, analytics.client_activities_facts, analytics.won_facts, analytics.stage_moves_facts, analytics.communications_facts
    to reos_app, reos_system;
