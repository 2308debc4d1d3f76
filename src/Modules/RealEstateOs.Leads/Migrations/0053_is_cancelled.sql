-- Whether the outcome says that it was called off: one rule, kept by the table for lists, reports, agendas and scores alike.
alter table leads.activities add column is_cancelled boolean not null generated always as (coalesce(outcome ~* '^\s*cancell?ed\s*$', false)) stored;
create or replace view leads.report_activities with (security_invoker = true) as
    select a.id, a.organization_id, a.lead_id, a.activity_type, a.scheduled_at, a.completed_at, l.assigned_to, a.created_by, a.created_at, a.is_cancelled as called_off
    from leads.activities a join leads.leads l on l.id = a.lead_id where l.deleted_at is null;
