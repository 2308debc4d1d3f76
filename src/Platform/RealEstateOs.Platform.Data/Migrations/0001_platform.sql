-- What every module stands on: the tenant wall, the audit log, the outbox, idempotency records.
-- The schema itself is made by the migration runner, which keeps its history there.
grant usage on schema platform to reos_app, reos_system;

create function platform.current_organization() returns bigint language sql stable parallel safe
    as $$ select nullif(current_setting('app.organization_id', true), '')::bigint $$;

-- Row-level security on a tenant table: the application sees one organization, background work across tenants sees all.
create function platform.protect(target regclass) returns void language plpgsql as
$$
begin
    execute format('alter table %s enable row level security', target);
    execute format('alter table %s force row level security', target);
    execute format('create policy tenant on %s to reos_app using (organization_id = platform.current_organization()) with check (organization_id = platform.current_organization())', target);
    execute format('create policy system on %s to reos_system using (true) with check (true)', target);
    execute format('grant select, insert, update, delete on %s to reos_app, reos_system', target);
end
$$;

create table platform.audit_logs (
    id              bigint generated always as identity primary key,
    organization_id bigint      not null,
    user_id         bigint,
    action          text        not null,
    resource_type   text        not null,
    resource_id     bigint,
    changes         jsonb       not null,
    ip_address      text,
    user_agent      text,
    request_id      text,
    created_at      timestamptz not null
);
create index audit_logs_by_time on platform.audit_logs (organization_id, id desc);
create index audit_logs_by_resource on platform.audit_logs (organization_id, resource_type, resource_id, id desc);
create index audit_logs_by_age on platform.audit_logs using brin (created_at);
select platform.protect('platform.audit_logs');

-- Events commit with their effect. One dispatcher gives them their position, so that readers of "everything after n" never miss one.
create table platform.outbox (
    id              bigint generated always as identity primary key,
    organization_id bigint      not null,
    position        bigint,
    event_type      text        not null,
    payload         jsonb       not null,
    actor_id        bigint,
    request_id      text,
    occurred_at     timestamptz not null
);
create index outbox_undispatched on platform.outbox (id) where position is null;
create unique index outbox_by_position on platform.outbox (position) where position is not null;
create index outbox_by_tenant on platform.outbox (organization_id, position);
select platform.protect('platform.outbox');
create sequence platform.outbox_position;
grant usage on sequence platform.outbox_position to reos_system;

create table platform.idempotency_keys (
    organization_id bigint      not null,
    user_id         bigint      not null,
    key             text        not null,
    fingerprint     bytea       not null,
    status          int         not null,
    headers         jsonb       not null,
    body            bytea       not null,
    created_at      timestamptz not null,
    primary key (organization_id, user_id, key)
);
create index idempotency_keys_by_age on platform.idempotency_keys (created_at);
select platform.protect('platform.idempotency_keys');

-- How far each in-process subscriber has come; moves in the transaction of the subscriber's effect.
create table platform.subscriptions (
    name       text   primary key,
    position   bigint not null,
    attempts   int    not null default 0,
    retry_at   timestamptz,
    last_error text
);
grant select, insert, update on platform.subscriptions to reos_app, reos_system;
