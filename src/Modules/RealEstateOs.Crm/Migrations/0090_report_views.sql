-- Work that was done, by its time.
create index activities_done on crm.activities (organization_id, completed_at) where completed_at is not null;
