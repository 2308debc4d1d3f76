-- What ended within a day is counted for the state of the system.
create index executions_by_end on workflows.executions (organization_id, completed_at) where completed_at is not null;
