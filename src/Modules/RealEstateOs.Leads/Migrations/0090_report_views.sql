-- Who may see a lead by having added it.
create or replace view leads.report_leads with (security_invoker = true) as
    select id, organization_id, source, status, score, budget, assigned_to, team_id, property_id, first_response_minutes, last_contacted_at, converted_at, created_at,
        created_by, first_name || ' ' || last_name as name
    from leads.leads where deleted_at is null;
-- Work that was done, by its time.
create index activities_done on leads.activities (organization_id, completed_at) where completed_at is not null;
