-- Whether the outcome says that it was called off, by the rule of activities with leads.
alter table crm.activities add column is_cancelled boolean not null generated always as (coalesce(outcome ~* '^\s*cancell?ed\s*$', false)) stored;
-- What reports may read of the work with clients; an activity is the business of who looks after the client.
create view crm.report_activities with (security_invoker = true) as
    select a.id, a.organization_id, a.client_id, lower(btrim(a.activity_type)) as activity_type, a.scheduled_at, a.completed_at, c.assigned_agent_id as assigned_to, a.created_by, a.created_at,
        a.is_cancelled as called_off
    from crm.activities a join crm.clients c on c.id = a.client_id where c.deleted_at is null;
grant select on crm.report_activities to reos_app, reos_system;
