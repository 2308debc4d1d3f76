-- One secret address a person; a new one replaces the old.
create table crm.calendar_feeds (
    id              bigint generated always as identity primary key,
    organization_id bigint      not null,
    user_id         bigint      not null,
    token_hash      bytea       not null unique,
    last_read_at    timestamptz,
    created_by      bigint,
    created_at      timestamptz not null,
    updated_at      timestamptz not null,
    unique (organization_id, user_id)
);
select platform.protect('crm.calendar_feeds');
