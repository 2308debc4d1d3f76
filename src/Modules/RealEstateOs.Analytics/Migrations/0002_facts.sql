-- Everything that is counted by the day, in one form: when it happened, whose it is, up to three words to group by, up to three amounts to add. A missing
-- amount is null and is not counted. Dashboards read this view, and what is kept of past days is made from it.
create view analytics.facts with (security_invoker = true) as
    select 'leads' as fact, l.organization_id, l.id, l.created_at as at, l.assigned_to as person, l.created_by, l.status as first, l.source as second, null as third,
        l.first_response_minutes::numeric as a, l.score::numeric as b, null::numeric as c
    from leads.report_leads l
    union all
    select 'properties', p.organization_id, p.id, p.created_at, p.assigned_user_id, p.created_by, p.status, p.property_type, p.currency, p.price, null, null
    from properties.report_properties p
    union all
    select 'deals', d.organization_id, d.id, d.created_at, d.assigned_to, d.created_by, d.stage, d.deal_type, d.currency, d.value, null, null
    from deals.report_deals d
    union all
    select 'closed', d.organization_id, d.id, d.closed_at, d.assigned_to, d.created_by, d.stage, d.deal_type, d.currency, d.value, d.gross_commission,
        extract(epoch from d.closed_at - d.created_at)
    from deals.report_deals d where d.closed_at is not null and d.stage in ('closed_won', 'closed_lost')
    union all
    select 'activities', w.organization_id, w.id, w.completed_at, w.assigned_to, w.created_by, w.activity_type, null, null, null, null, null
    from leads.report_activities w where w.completed_at is not null and not w.called_off
    union all
    select 'client_activities', w.organization_id, w.id, w.completed_at, w.assigned_to, w.created_by, w.activity_type, null, null, null, null, null
    from crm.report_activities w where w.completed_at is not null and not w.called_off;
grant select on analytics.facts to reos_app, reos_system;
