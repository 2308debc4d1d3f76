-- Publishing through a portal's API: the office's access to it, and each property's way there.
create table marketing.portal_accounts (
    id              bigint generated always as identity primary key,
    organization_id bigint      not null,
    portal          text        not null,
    status          text        not null,
    api_key         bytea       not null,
    api_secret      bytea       not null,
    webhook_secret  bytea       not null,
    token           text        not null,
    subscribed_at   timestamptz,
    trouble         text,
    created_by      bigint,
    created_at      timestamptz not null,
    updated_at      timestamptz not null
);
select platform.protect('marketing.portal_accounts');
create unique index portal_accounts_once on marketing.portal_accounts (organization_id, portal);
create unique index portal_accounts_by_token on marketing.portal_accounts (token);

create table marketing.portal_listings (
    id                 bigint generated always as identity primary key,
    organization_id    bigint      not null,
    property_id        bigint      not null,
    portal             text        not null,
    wanted             text        not null,
    status             text        not null,
    external_id        text,
    sent_hash          text,
    publish_asked_at   timestamptz,
    unpublish_asked_at timestamptz,
    asks               integer     not null,
    looks              integer     not null,
    failures           integer     not null,
    round              integer     not null,
    portal_state       text,
    problems           text[]      not null,
    live_at            timestamptz,
    action             text,
    action_due_at      timestamptz,
    created_by         bigint,
    created_at         timestamptz not null,
    updated_at         timestamptz not null
);
select platform.protect('marketing.portal_listings');
create unique index portal_listings_once on marketing.portal_listings (organization_id, portal, property_id);
create index portal_listings_by_time on marketing.portal_listings (organization_id, updated_at desc, id desc);
create index portal_listings_by_external on marketing.portal_listings (organization_id, portal, external_id) where external_id is not null;
create index portal_listings_live on marketing.portal_listings (organization_id) where wanted = 'live' and status = 'live';

-- What a portal's API asks for beyond its feed: ids of its own tree and people, and what a buyer pays first.
alter table marketing.adverts add column property_finder_location_id bigint;
alter table marketing.adverts add column down_payment numeric(18, 2);
alter table marketing.agents add column property_finder_profile_id bigint;
