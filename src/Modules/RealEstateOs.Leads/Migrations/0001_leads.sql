create schema if not exists leads;
grant usage on schema leads to reos_app, reos_system;

create table leads.leads (
    id                     bigint generated always as identity primary key,
    organization_id        bigint        not null,
    first_name             text          not null,
    last_name              text          not null,
    email                  text,
    email_normalised       text,
    phone                  text,
    phone_e164             text,
    company                text,
    source                 text          not null,
    status                 text          not null,
    status_changed_at      timestamptz   not null,
    score                  int           not null,
    score_is_manual        boolean       not null,
    score_reasons          jsonb         not null,
    budget                 numeric(18, 2),
    timeline               text,
    area                   text,
    property_type          text,
    notes                  text,
    tags                   text[]        not null,
    consent                jsonb,
    metadata               jsonb,
    external_id            text,
    property_id            bigint,
    team_id                bigint,
    assigned_to            bigint,
    assigned_at            timestamptz,
    assigned_by_rule       bigint,
    awaits_routing         boolean       not null,
    reassigned_at          timestamptz,
    last_contacted_at      timestamptz,
    first_response_minutes int,
    converted_at           timestamptz,
    merged_into_id         bigint,
    created_by             bigint,
    created_at             timestamptz   not null,
    updated_at             timestamptz   not null,
    deleted_at             timestamptz,
    search_vector          tsvector generated always as (
        to_tsvector('simple', first_name || ' ' || last_name || ' ' || coalesce(company, '') || ' ' ||
                              regexp_replace(coalesce(email, ''), '[^[:alnum:]]', ' ', 'g') || ' ' ||
                              regexp_replace(coalesce(phone, ''), '[^0-9]', '', 'g') || ' ' || coalesce(substr(phone_e164, 2), ''))) stored
);
select platform.protect('leads.leads');
-- One living lead for one mailbox and for one number.
create unique index leads_by_email on leads.leads (organization_id, email_normalised) where deleted_at is null;
create unique index leads_by_phone on leads.leads (organization_id, phone_e164) where deleted_at is null;
create unique index leads_external on leads.leads (organization_id, external_id) where deleted_at is null;
create index leads_by_age on leads.leads (organization_id, created_at desc, id desc) where deleted_at is null;
create index leads_by_status on leads.leads (organization_id, status, created_at desc, id desc) where deleted_at is null;
create index leads_by_agent on leads.leads (organization_id, assigned_to, created_at desc, id desc) where deleted_at is null;
create index leads_by_score on leads.leads (organization_id, score desc, id desc) where deleted_at is null;
create index leads_by_property on leads.leads (organization_id, property_id) where property_id is not null;
create index leads_search on leads.leads using gin (organization_id, search_vector);
create index leads_tags on leads.leads using gin (organization_id, tags);
create index leads_deleted on leads.leads (deleted_at) where deleted_at is not null;
-- What the routing job looks for, across all organizations.
create index leads_unworked on leads.leads (assigned_at) where status = 'new' and deleted_at is null and reassigned_at is null and assigned_by_rule is not null;
create index leads_awaiting on leads.leads (created_at) where awaits_routing and deleted_at is null;

create table leads.status_moves (
    id              bigint generated always as identity primary key,
    organization_id bigint      not null,
    lead_id         bigint      not null references leads.leads on delete cascade,
    from_status     text,
    to_status       text        not null,
    moved_by        bigint,
    moved_at        timestamptz not null
);
select platform.protect('leads.status_moves');
create index status_moves_by_lead on leads.status_moves (organization_id, lead_id, id);

create table leads.timeline_entries (
    id                bigint generated always as identity primary key,
    organization_id   bigint      not null,
    lead_id           bigint      not null references leads.leads on delete cascade,
    event_type        text        not null,
    event_title       text        not null,
    event_description text,
    created_by        bigint,
    created_at        timestamptz not null
);
select platform.protect('leads.timeline_entries');
create index timeline_by_lead on leads.timeline_entries (organization_id, lead_id, id);

create table leads.activities (
    id              bigint generated always as identity primary key,
    organization_id bigint      not null,
    lead_id         bigint      not null references leads.leads on delete cascade,
    activity_type   text        not null,
    direction       text        not null,
    subject         text,
    description     text        not null,
    outcome         text,
    scheduled_at    timestamptz,
    completed_at    timestamptz,
    metadata        jsonb,
    created_by      bigint,
    created_at      timestamptz not null,
    updated_at      timestamptz not null
);
select platform.protect('leads.activities');
create index activities_by_lead on leads.activities (organization_id, lead_id, created_at desc, id desc);
create index activities_by_schedule on leads.activities (organization_id, scheduled_at) where scheduled_at is not null;

create table leads.notes (
    id              bigint generated always as identity primary key,
    organization_id bigint      not null,
    lead_id         bigint      not null references leads.leads on delete cascade,
    content         text        not null,
    is_pinned       boolean     not null,
    created_by      bigint,
    created_at      timestamptz not null,
    updated_at      timestamptz not null
);
select platform.protect('leads.notes');
create index notes_by_lead on leads.notes (organization_id, lead_id, created_at desc, id desc);

create table leads.documents (
    id              bigint generated always as identity primary key,
    organization_id bigint      not null,
    lead_id         bigint      not null references leads.leads on delete cascade,
    title           text        not null,
    file_path       text        not null,
    file_type       text,
    file_size       bigint,
    sha256          text,
    file_key        text,
    created_by      bigint,
    created_at      timestamptz not null,
    updated_at      timestamptz not null
);
select platform.protect('leads.documents');
create index documents_by_lead on leads.documents (organization_id, lead_id, created_at desc, id desc);

create table leads.assignment_rules (
    id                      bigint generated always as identity primary key,
    organization_id         bigint      not null,
    name                    text        not null,
    position                int         not null,
    is_active               boolean     not null,
    agent_ids               bigint[]    not null,
    areas                   text[]      not null,
    property_types          text[]      not null,
    sources                 text[]      not null,
    min_budget              numeric(18, 2),
    max_budget              numeric(18, 2),
    working_days            text[]      not null,
    work_starts_at          time,
    work_ends_at            time,
    reassign_after_minutes  int,
    created_by              bigint,
    created_at              timestamptz not null,
    updated_at              timestamptz not null
);
select platform.protect('leads.assignment_rules');
create index assignment_rules_by_position on leads.assignment_rules (organization_id, position, id);

-- Whose turn it is. Apart from the rule, so that a lead does not count as a change of the rule.
create table leads.assignment_turns (
    rule_id         bigint primary key references leads.assignment_rules on delete cascade,
    organization_id bigint not null,
    turn            bigint not null
);
select platform.protect('leads.assignment_turns');

-- What reports may read of leads.
create view leads.report_leads with (security_invoker = true) as
    select id, organization_id, source, status, score, budget, assigned_to, team_id, property_id, first_response_minutes, last_contacted_at, converted_at, created_at
    from leads.leads where deleted_at is null;
grant select on leads.report_leads to reos_app, reos_system;
