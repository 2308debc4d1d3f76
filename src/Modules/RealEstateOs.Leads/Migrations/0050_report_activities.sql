-- What reports may read of the work on leads; an activity is the business of who looks after the lead.
create view leads.report_activities with (security_invoker = true) as
    select a.id, a.organization_id, a.lead_id, a.activity_type, a.scheduled_at, a.completed_at, l.assigned_to, a.created_by, a.created_at
    from leads.activities a join leads.leads l on l.id = a.lead_id where l.deleted_at is null;
grant select on leads.report_activities to reos_app, reos_system;
