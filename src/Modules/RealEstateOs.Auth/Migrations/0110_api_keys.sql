-- Secrets of forms and portals, by their hash: what comes by one has its source.
create table auth.api_keys (
    id              bigint generated always as identity primary key,
    organization_id bigint      not null references auth.organizations,
    name            text        not null,
    hash            bytea       not null unique,
    beginning       text        not null,
    scopes          text[]      not null,
    source          text        not null,
    portal          text,
    last_used_at    timestamptz,
    revoked_at      timestamptz,
    created_by      bigint,
    created_at      timestamptz not null,
    updated_at      timestamptz not null
);
select platform.protect('auth.api_keys');
create index api_keys_by_age on auth.api_keys (organization_id, created_at desc, id desc);
