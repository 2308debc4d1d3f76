-- What the view of leads that need attention looks for: planned and not done; who wrote last; whom nobody reached lately.
create index activities_undone on leads.activities (organization_id, scheduled_at) where completed_at is null and scheduled_at is not null;
create index activities_inbound on leads.activities (organization_id, created_at) where direction = 'inbound';
create index leads_unreached on leads.leads (organization_id, created_at) where last_contacted_at is null and status = 'new' and deleted_at is null;
create index leads_by_contact on leads.leads (organization_id, last_contacted_at) where status in ('contacted', 'qualified', 'nurturing') and deleted_at is null;
