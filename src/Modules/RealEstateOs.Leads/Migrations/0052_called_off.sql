-- What was called off is neither planned nor due.
create or replace view leads.report_activities with (security_invoker = true) as
    select a.id, a.organization_id, a.lead_id, a.activity_type, a.scheduled_at, a.completed_at, l.assigned_to, a.created_by, a.created_at,
        coalesce(lower(btrim(a.outcome)) in ('cancelled', 'canceled'), false) as called_off
    from leads.activities a join leads.leads l on l.id = a.lead_id where l.deleted_at is null;
