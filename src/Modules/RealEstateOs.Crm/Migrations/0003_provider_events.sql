-- What providers told about messages: each event counts once.
create table crm.provider_events (
    organization_id bigint      not null,
    provider        text        not null,
    event_id        text        not null,
    event           text        not null,
    reference       text        not null,
    payload         text        not null,
    received_at     timestamptz not null default now(),
    primary key (organization_id, provider, event_id)
);
select platform.protect('crm.provider_events');
create index provider_events_by_reference on crm.provider_events (organization_id, reference);

-- Genuine events about nothing that is known here: kept aside for the operator, seen by no tenant.
create table crm.unmatched_events (
    provider    text        not null,
    event_id    text        not null,
    event       text        not null,
    payload     text        not null,
    received_at timestamptz not null default now(),
    primary key (provider, event_id)
);
grant select, insert, delete on crm.unmatched_events to reos_system;
