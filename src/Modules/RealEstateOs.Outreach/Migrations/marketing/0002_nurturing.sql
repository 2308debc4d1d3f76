-- Sequences of messages and tasks. The steps of a version never change: an enrollment runs those that it began with.
create table marketing.sequences (
    id              bigint generated always as identity primary key,
    organization_id bigint      not null,
    name            text        not null,
    description     text,
    status          text        not null,
    trigger         text,
    trigger_filters jsonb,
    exit_on_reply   boolean     not null,
    exit_on_status  text[]      not null,
    steps           jsonb       not null,
    steps_version   int         not null,
    created_by      bigint,
    created_at      timestamptz not null,
    updated_at      timestamptz not null,
    deleted_at      timestamptz
);
select platform.protect('marketing.sequences');
create index sequences_by_time on marketing.sequences (organization_id, created_at desc, id desc) where deleted_at is null;
create index sequences_by_trigger on marketing.sequences (organization_id, trigger) where deleted_at is null and status = 'active' and trigger is not null;

create table marketing.sequence_versions (
    sequence_id     bigint      not null references marketing.sequences on delete cascade,
    version         int         not null,
    organization_id bigint      not null,
    steps           jsonb       not null,
    created_at      timestamptz not null default now(),
    primary key (sequence_id, version)
);
select platform.protect('marketing.sequence_versions');

-- A lead on its way through a sequence. held: the sequence is paused, whatever the enrollment itself is.
create table marketing.enrollments (
    id              bigint generated always as identity primary key,
    organization_id bigint      not null,
    sequence_id     bigint      not null references marketing.sequences on delete cascade,
    lead_id         bigint      not null,
    steps_version   int         not null,
    source          text        not null,
    status          text        not null,
    held            boolean     not null,
    step            int         not null,
    next_run_at     timestamptz,
    exit_reason     text,
    ended_at        timestamptz,
    created_by      bigint,
    created_at      timestamptz not null default now()
);
select platform.protect('marketing.enrollments');
create unique index enrollments_once on marketing.enrollments (sequence_id, lead_id) where status in ('active', 'paused');
create index enrollments_due on marketing.enrollments (organization_id, next_run_at, id) where status = 'active' and not held;
-- What the schedule looks for, across all organizations.
create index enrollments_due_anywhere on marketing.enrollments (next_run_at) include (organization_id) where status = 'active' and not held;
create index enrollments_by_sequence on marketing.enrollments (organization_id, sequence_id, created_at desc, id desc);
create index enrollments_by_lead on marketing.enrollments (organization_id, lead_id, sequence_id);
create index enrollments_by_time on marketing.enrollments (organization_id, created_at desc, id desc);

-- What was done, once for each step of an enrollment, and what became of its message.
create table marketing.step_runs (
    id              bigint generated always as identity primary key,
    organization_id bigint      not null,
    enrollment_id   bigint      not null references marketing.enrollments on delete cascade,
    sequence_id     bigint      not null references marketing.sequences on delete cascade,
    steps_version   int         not null,
    lead_id         bigint      not null,
    step            int         not null,
    step_key        text        not null,
    type            text        not null,
    state           text        not null,
    reason          text,
    branch          boolean,
    address         text,
    token           text,
    message_id      bigint,
    activity_id     bigint,
    sent_at         timestamptz,
    delivered_at    timestamptz,
    opened_at       timestamptz,
    clicked_at      timestamptz,
    replied_at      timestamptz,
    bounced_at      timestamptz,
    unsubscribed_at timestamptz,
    created_at      timestamptz not null default now()
);
select platform.protect('marketing.step_runs');
create unique index step_runs_once on marketing.step_runs (enrollment_id, step);
create unique index step_runs_token on marketing.step_runs (token) where token is not null;
create index step_runs_by_sequence on marketing.step_runs (organization_id, sequence_id, step_key);
