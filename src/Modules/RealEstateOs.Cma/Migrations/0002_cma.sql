create schema if not exists cma;
grant usage on schema cma to reos_app, reos_system;

-- Valuations that were asked for: the usage figures count them.
create table cma.asked_valuations (
    id              bigint generated always as identity primary key,
    organization_id bigint         not null,
    market          text           not null,
    area            text           not null,
    kind            text           not null,
    estimate        numeric(18, 2) not null,
    currency        text           not null,
    confidence      double precision not null,
    market_data     text           not null,
    model_id        bigint         not null,
    asked_by        bigint,
    asked_at        timestamptz    not null
);
select platform.protect('cma.asked_valuations');
create index asked_valuations_by_time on cma.asked_valuations (organization_id, asked_at desc);

-- Reports: what was asked, the document that every form of the report is made from, and the finished PDF.
create table cma.reports (
    id              bigint generated always as identity primary key,
    organization_id bigint      not null,
    kind            text        not null,
    title           text        not null,
    property_id     bigint,
    language        text        not null,
    status          text        not null,
    market_data     text        not null,
    request         jsonb       not null,
    sections        jsonb       not null,
    content         jsonb,
    pdf_key         text,
    pdf_bytes       bigint,
    error           text,
    estimated_value numeric(18, 2),
    currency        text        not null,
    job_id          bigint,
    completed_at    timestamptz,
    created_by      bigint,
    created_at      timestamptz not null,
    updated_at      timestamptz not null
);
select platform.protect('cma.reports');
create index reports_by_time on cma.reports (organization_id, created_at desc, id desc);
create index reports_by_property on cma.reports (organization_id, property_id);
