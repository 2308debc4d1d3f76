-- Work in the background. A job is a row before it is announced; runners take rows with "for update skip locked" under a lease.
create table platform.jobs (
    id              bigint generated always as identity primary key,
    organization_id bigint,                     -- null: work of the installation (cleanups)
    kind            text        not null,
    queue           text        not null,
    input           jsonb       not null,
    state           text        not null default 'queued' check (state in ('queued', 'running', 'completed', 'failed', 'cancelled')),
    progress        int         not null default 0 check (progress between 0 and 100),
    step            text,
    result          jsonb,
    error           text,                       -- for the tenant: a sentence
    fault           text,                       -- for operators: what was thrown
    attempts        int         not null default 0,
    run_at          timestamptz not null default now(),
    runner          text,
    lease_until     timestamptz,
    resource        text,                       -- what it is about, as a reference: prop_12
    unique_key      text,                       -- at most one unfinished job of a kind and tenant with this key
    created_by      bigint,
    request_id      text,
    created_at      timestamptz not null default now(),
    started_at      timestamptz,
    finished_at     timestamptz
);
create index jobs_queued on platform.jobs (kind, run_at, id) where state = 'queued';
create index jobs_running on platform.jobs (lease_until) where state = 'running';
create index jobs_failed on platform.jobs (organization_id, queue, id desc) where state = 'failed';
create index jobs_completed on platform.jobs (kind, finished_at desc) where state = 'completed';
create index jobs_by_tenant on platform.jobs (organization_id, id desc);
create index jobs_finished on platform.jobs (finished_at) where finished_at is not null;
create unique index jobs_unique on platform.jobs (kind, coalesce(organization_id, 0), unique_key) where unique_key is not null and state in ('queued', 'running');
select platform.protect('platform.jobs');
alter table platform.jobs set (autovacuum_vacuum_scale_factor = 0.02, autovacuum_analyze_scale_factor = 0.02);

-- The hosts that run jobs, as they were last heard of.
create table platform.job_runners (
    name       text        primary key,
    started_at timestamptz not null,
    seen_at    timestamptz not null,
    running    int         not null,
    capacity   int         not null
);
grant select, insert, update, delete on platform.job_runners to reos_system;
