-- Hangfire runs the jobs, each as a Hangfire job of its own; the row stays what it was, the job itself, written with the change that wants it.
-- A row waits here for its turn; it is handed to Hangfire when a place for it is free.
drop schema if exists quartz cascade;
drop table platform.job_runners;
drop index platform.jobs_queued, platform.jobs_running;
alter table platform.jobs
    drop column runner,
    drop column lease_until,
    add column hangfire_id bigint,             -- the Hangfire job that ran it last
    add column handed_at   timestamptz,        -- in Hangfire since; null: it waits here
    add column runs        int not null default 0; -- grows with every run and never shrinks: what a run commits is checked by it
update platform.jobs set state = 'queued', run_at = now() where state = 'running';
create index jobs_waiting on platform.jobs (kind, (coalesce(organization_id, 0)), run_at, id) where state = 'queued' and handed_at is null;
create index jobs_handed on platform.jobs (handed_at) where state in ('queued', 'running') and handed_at is not null;
create index jobs_by_hangfire on platform.jobs (hangfire_id) where hangfire_id is not null;

-- A mail of a batch that was refused or failed is sent by a job of its own.
alter table platform.messages add column is_aside boolean not null default false;
