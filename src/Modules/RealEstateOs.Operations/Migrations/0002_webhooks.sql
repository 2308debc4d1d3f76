-- Where an organization wants its events to be sent.
create table operations.webhook_endpoints (
    id                    bigint generated always as identity primary key,
    organization_id       bigint      not null,
    url                   text        not null,
    description           text,
    event_types           text[]      not null,
    is_active             boolean     not null,
    disabled_at           timestamptz,           -- set where not a person but the product made it inactive; its events are then held
    disabled_reason       text,
    secret                bytea       not null,  -- sealed
    previous_secret       bytea,                 -- sealed; signs beside the new one until its time
    previous_secret_until timestamptz,
    created_by            bigint,
    created_at            timestamptz not null,
    updated_at            timestamptz not null
);
select platform.protect('operations.webhook_endpoints');
create index webhook_endpoints_by_age on operations.webhook_endpoints (organization_id, created_at desc, id desc);

-- How an endpoint fares: apart from it, so that a delivery does not change the endpoint's version. Its row is also the lock under which
-- deliveries of the endpoint change their places in line.
create table operations.webhook_health (
    endpoint_id          bigint primary key references operations.webhook_endpoints on delete cascade,
    organization_id      bigint not null,
    consecutive_failures int    not null,
    failing_since        timestamptz,
    last_success_at      timestamptz,
    last_failure_at      timestamptz
) with (fillfactor = 50);
select platform.protect('operations.webhook_health');

-- The queue and the log in one. A lane is what must keep its order: the events of one resource at one endpoint. The first of a lane is pending or
-- sending, the others wait; whoever ends the first one makes the next one pending.
create table operations.webhook_deliveries (
    id              bigint generated always as identity primary key,
    organization_id bigint      not null,
    endpoint_id     bigint      not null references operations.webhook_endpoints on delete cascade,
    message_id      text        not null,
    event_type      text        not null,
    resource        text,
    lane            text        not null,
    body            text        not null,
    status          text        not null check (status in ('waiting', 'pending', 'sending', 'delivered', 'failed', 'held')),
    attempts        int         not null,
    round_attempts  int         not null,        -- since it was queued or queued again: what the waits between attempts are counted by
    due_at          timestamptz not null,
    runner          text,
    lease_until     timestamptz,
    response_status int,
    error           text,
    created_at      timestamptz not null,
    finished_at     timestamptz
);
select platform.protect('operations.webhook_deliveries');
alter table operations.webhook_deliveries set (autovacuum_vacuum_scale_factor = 0.02, autovacuum_analyze_scale_factor = 0.02);
create unique index webhook_deliveries_once on operations.webhook_deliveries (endpoint_id, message_id);
create index webhook_deliveries_due on operations.webhook_deliveries (endpoint_id, due_at, id) where status = 'pending';
create index webhook_deliveries_sending on operations.webhook_deliveries (endpoint_id, lease_until) where status = 'sending';
create index webhook_deliveries_lanes on operations.webhook_deliveries (endpoint_id, lane, id) where status in ('waiting', 'pending', 'sending', 'held');
create index webhook_deliveries_by_age on operations.webhook_deliveries (organization_id, created_at desc, id desc);
create index webhook_deliveries_by_endpoint on operations.webhook_deliveries (endpoint_id, created_at desc, id desc);
create index webhook_deliveries_by_status on operations.webhook_deliveries (organization_id, status, created_at desc, id desc);
create index webhook_deliveries_by_type on operations.webhook_deliveries (organization_id, event_type, created_at desc, id desc);
create index webhook_deliveries_by_resource on operations.webhook_deliveries (organization_id, resource, created_at desc, id desc) where resource is not null;
create index webhook_deliveries_old on operations.webhook_deliveries using brin (created_at);

create table operations.webhook_attempts (
    id              bigint generated always as identity primary key,
    organization_id bigint      not null,
    delivery_id     bigint      not null references operations.webhook_deliveries on delete cascade,
    number          int         not null,
    started_at      timestamptz not null,
    duration_ms     int         not null,
    response_status int,
    response_body   text,
    error           text
);
select platform.protect('operations.webhook_attempts');
create index webhook_attempts_by_delivery on operations.webhook_attempts (delivery_id, id);
