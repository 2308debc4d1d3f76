-- Where a listing is to appear, and the address by which a portal reads it there.
alter table marketing.adverts add column portals text[] not null default '{}';
alter table marketing.adverts alter column portals drop default;

create table marketing.feeds (
    id              bigint generated always as identity primary key,
    organization_id bigint      not null,
    portal          text        not null,
    name            text        not null,
    token_hash      bytea       not null,
    is_active       boolean     not null,
    last_read_at    timestamptz,
    created_by      bigint,
    created_at      timestamptz not null,
    updated_at      timestamptz not null
);
select platform.protect('marketing.feeds');
create unique index feeds_by_token on marketing.feeds (token_hash);

-- What a portal has been shown: some must be told that a listing is gone.
create table marketing.feed_items (
    organization_id bigint      not null,
    portal          text        not null,
    property_id     bigint      not null,
    listed_at       timestamptz not null,
    delisted_at     timestamptz,
    primary key (organization_id, portal, property_id)
);
select platform.protect('marketing.feed_items');

-- The quota of assets asks what was ordered in the last hour.
create index generations_by_time on marketing.generations (organization_id, created_at);
