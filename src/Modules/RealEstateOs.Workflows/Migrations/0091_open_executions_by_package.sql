-- The summary of the history counts the open executions of each package: from the index alone, however many there are.
create index executions_open_by_package on workflows.executions (organization_id, created_by, package_name)
    where status in ('running', 'paused');
drop index workflows.executions_open;
