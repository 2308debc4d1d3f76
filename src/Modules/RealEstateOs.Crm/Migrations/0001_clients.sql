create schema if not exists crm;
grant usage on schema crm to reos_app, reos_system;

create table crm.clients (
    id                bigint generated always as identity primary key,
    organization_id   bigint      not null,
    first_name        text        not null,
    last_name         text        not null,
    email             text,
    email_normalised  text,
    phone             text,
    phone_e164        text,
    type              text,
    preferences       jsonb,
    notes             text,
    metadata          jsonb,
    external_id       text,
    lead_id           bigint,
    assigned_agent_id bigint,
    last_activity_at  timestamptz,
    created_by        bigint,
    created_at        timestamptz not null,
    updated_at        timestamptz not null,
    deleted_at        timestamptz,
    search_vector     tsvector generated always as (
        to_tsvector('simple', first_name || ' ' || last_name || ' ' || regexp_replace(coalesce(email, ''), '[^[:alnum:]]', ' ', 'g') || ' ' ||
                              regexp_replace(coalesce(phone, ''), '[^0-9]', '', 'g') || ' ' || coalesce(substr(phone_e164, 2), ''))) stored
);
select platform.protect('crm.clients');
create index clients_by_age on crm.clients (organization_id, created_at desc, id desc) where deleted_at is null;
create index clients_by_agent on crm.clients (organization_id, assigned_agent_id, created_at desc, id desc) where deleted_at is null;
create index clients_by_lead on crm.clients (organization_id, lead_id) where lead_id is not null;
create index clients_by_email on crm.clients (organization_id, email_normalised) where deleted_at is null;
create index clients_by_phone on crm.clients (organization_id, phone_e164) where deleted_at is null;
create unique index clients_external on crm.clients (organization_id, external_id) where deleted_at is null;
create index clients_search on crm.clients using gin (organization_id, search_vector);
create index clients_deleted on crm.clients (deleted_at) where deleted_at is not null;

create table crm.client_properties (
    organization_id bigint      not null,
    client_id       bigint      not null references crm.clients on delete cascade,
    property_id     bigint      not null,
    relation        text        not null,
    linked_by       bigint,
    linked_at       timestamptz not null,
    primary key (client_id, property_id)
);
select platform.protect('crm.client_properties');
create index client_properties_by_property on crm.client_properties (organization_id, property_id);

create table crm.activities (
    id              bigint generated always as identity primary key,
    organization_id bigint      not null,
    client_id       bigint      not null references crm.clients on delete cascade,
    activity_type   text        not null,
    subject         text,
    description     text        not null,
    scheduled_at    timestamptz,
    completed_at    timestamptz,
    metadata        jsonb,
    created_by      bigint,
    created_at      timestamptz not null,
    updated_at      timestamptz not null
);
select platform.protect('crm.activities');
create index activities_by_client on crm.activities (organization_id, client_id, created_at desc, id desc);
create index activities_by_schedule on crm.activities (organization_id, scheduled_at) where scheduled_at is not null;

create table crm.timeline_entries (
    id                bigint generated always as identity primary key,
    organization_id   bigint      not null,
    client_id         bigint      not null references crm.clients on delete cascade,
    event_type        text        not null,
    event_title       text        not null,
    event_description text,
    created_by        bigint,
    created_at        timestamptz not null
);
select platform.protect('crm.timeline_entries');
create index timeline_by_client on crm.timeline_entries (organization_id, client_id, id);
