-- Reports of figures: what was asked, what it says, and the finished file. One with a frequency is made again, and mailed to who asked, when it is due.
create table analytics.reports (
    id              bigint generated always as identity primary key,
    organization_id bigint      not null,
    name            text        not null,
    format          text        not null,
    status          text        not null,
    request         jsonb       not null,
    content         jsonb,
    file_key        text,
    file_bytes      bigint,
    error           text,
    job_id          bigint,
    frequency       text,
    next_due_at     timestamptz,
    completed_at    timestamptz,
    created_by      bigint,
    created_at      timestamptz not null,
    updated_at      timestamptz not null
);
select platform.protect('analytics.reports');
create index reports_by_time on analytics.reports (organization_id, created_at desc, id desc);
create index reports_due on analytics.reports (next_due_at) where next_due_at is not null;
