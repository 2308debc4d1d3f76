create schema workflows;
grant usage on schema workflows to reos_app, reos_system;

-- Packages of an office's own. Those that come with the product are data of the program.
create table workflows.packages (
    id              bigint generated always as identity primary key,
    organization_id bigint      not null,
    name            text        not null,
    package_version int         not null,
    definition      jsonb       not null,
    created_by      bigint,
    created_at      timestamptz not null,
    updated_at      timestamptz not null,
    deleted_at      timestamptz
);
select platform.protect('workflows.packages');
create unique index packages_by_name on workflows.packages (organization_id, name) where deleted_at is null;

-- A version of a package as executions keep it; written once, at its first execution.
create table workflows.definitions (
    id              bigint generated always as identity primary key,
    organization_id bigint      not null,
    package_name    text        not null,
    version         int         not null,
    hash            text        not null,
    body            jsonb       not null,
    created_at      timestamptz not null,
    unique (organization_id, package_name, hash)
);
select platform.protect('workflows.definitions');

create table workflows.executions (
    id                   bigint generated always as identity primary key,
    organization_id      bigint      not null,
    definition_id        bigint      not null references workflows.definitions,
    package_name         text        not null,
    package_version      int         not null,
    status               text        not null,
    rank                 int         not null, -- a smaller one goes first
    parameters           jsonb       not null,
    customizations       jsonb       not null,
    property_id          bigint,
    lead_id              bigint,
    client_id            bigint,
    total_steps          int         not null,
    revision             int         not null, -- commands so far
    started_at           timestamptz not null,
    completed_at         timestamptz,
    paused_at            timestamptz,
    error                text,
    failed_step          text,
    success_rate         double precision,
    deliverables_created int         not null,
    leads_contacted      int         not null,
    created_by           bigint
);
select platform.protect('workflows.executions');
create index executions_by_definition on workflows.executions (definition_id);
create index executions_by_time on workflows.executions (organization_id, id);
create index executions_by_user on workflows.executions (organization_id, created_by, id);
create index executions_by_property on workflows.executions (organization_id, property_id, id) where property_id is not null;
create index executions_by_lead on workflows.executions (organization_id, lead_id, id) where lead_id is not null;
create index executions_started on workflows.executions (organization_id, started_at);
create index executions_open on workflows.executions (organization_id, created_by) where status in ('running', 'paused');

create table workflows.steps (
    id              bigint generated always as identity primary key,
    organization_id bigint      not null,
    execution_id    bigint      not null references workflows.executions on delete cascade,
    number          int         not null,
    name            text        not null,
    kind            text        not null,
    depends_on      int[]       not null,
    is_optional     boolean     not null,
    rank            int         not null,
    status          text        not null,
    token           int         not null, -- counts dispatches: a job of an earlier one does nothing
    starts          int         not null,
    failures        int         not null,
    input           jsonb,
    output          jsonb,
    deliverables    jsonb,
    note            text,                 -- why it was skipped or failed, or what it waits for
    wait_key        text,
    wait_until      timestamptz,
    started_at      timestamptz,
    finished_at     timestamptz,
    undone_at       timestamptz,
    undo_note       text,
    unique (execution_id, number)
);
select platform.protect('workflows.steps');
create index steps_ready on workflows.steps (organization_id, rank, id) where status = 'ready';
create index steps_in_flight on workflows.steps (organization_id) where status in ('queued', 'running');
create index steps_waiting on workflows.steps (wait_key) where status = 'waiting' and wait_key is not null;
create index steps_by_kind on workflows.steps (kind, finished_at) where status = 'completed';

-- Who did what to an execution, and what went wrong on its way; only added to.
create table workflows.entries (
    id              bigint generated always as identity primary key,
    organization_id bigint      not null,
    execution_id    bigint      not null references workflows.executions on delete cascade,
    step_number     int,
    action          text        not null,
    reason          text,
    actor_id        bigint,
    at              timestamptz not null
);
select platform.protect('workflows.entries');
create index entries_by_execution on workflows.entries (execution_id, id);

-- Ended executions counted, so that a summary does not grow with the history.
create table workflows.tallies (
    organization_id bigint           not null,
    user_id         bigint           not null,
    package_name    text             not null,
    status          text             not null,
    executions      bigint           not null,
    seconds         double precision not null,
    primary key (organization_id, user_id, package_name, status)
);
select platform.protect('workflows.tallies');

create view workflows.report_executions with (security_invoker = true) as
select id, organization_id, package_name, status, started_at, completed_at, created_by as user_id, property_id, lead_id, client_id,
    success_rate, deliverables_created
from workflows.executions;
grant select on workflows.report_executions to reos_app, reos_system;
