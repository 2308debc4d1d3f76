-- The dispatcher writes the last position back, so that retention can't make it start over.
grant select, update on sequence platform.outbox_position to reos_system;

-- Events that a subscription failed at until it gave up: kept whole, because the outbox forgets after a week.
create table platform.parked_events (
    id              bigint generated always as identity primary key,
    organization_id bigint      not null,
    subscription    text        not null,
    position        bigint      not null,
    event_id        bigint      not null,
    event_type      text        not null,
    payload         jsonb       not null,
    actor_id        bigint,
    request_id      text,
    occurred_at     timestamptz not null,
    attempts        int         not null,
    last_error      text        not null,
    parked_at       timestamptz not null,
    unique (subscription, position)
);
create index parked_events_by_tenant on platform.parked_events (organization_id, id desc);
select platform.protect('platform.parked_events');
