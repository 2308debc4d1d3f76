create schema if not exists social;
grant usage on schema social to reos_app, reos_system;

-- Posts that belong together: a calendar over weeks, or the posts of one request.
create table social.campaigns (
    id                bigint generated always as identity primary key,
    organization_id   bigint        not null,
    name              text          not null,
    property_id       bigint,
    status            text          not null,
    platforms         text[]        not null,
    post_types        text[]        not null,
    frequency         text,
    duration_days     integer,
    starts_on         date,
    time_zone         text          not null,
    style             text          not null,
    language          text          not null,
    target_audience   text,
    budget            numeric(18, 2),
    currency          text          not null,
    budget_allocation jsonb,
    budget_basis      text,
    seed              bigint        not null,
    created_by        bigint,
    created_at        timestamptz   not null,
    updated_at        timestamptz   not null
);
select platform.protect('social.campaigns');
create index campaigns_by_time on social.campaigns (organization_id, created_at desc, id desc);
create index campaigns_by_property on social.campaigns (organization_id, property_id) where property_id is not null;

-- An account of the office on a network; its tokens are sealed.
create table social.accounts (
    id                 bigint generated always as identity primary key,
    organization_id    bigint        not null,
    platform           text          not null,
    name               text          not null,
    external_id        text          not null,
    status             text          not null,
    access_token       bytea         not null,
    refresh_token      bytea,
    token_expires_at   timestamptz,
    token_refreshed_at timestamptz,
    is_default         boolean       not null,
    held_until         timestamptz,
    trouble            text,
    created_by         bigint,
    created_at         timestamptz   not null,
    updated_at         timestamptz   not null
);
select platform.protect('social.accounts');
create unique index accounts_once on social.accounts (organization_id, platform, external_id);
create unique index accounts_default on social.accounts (organization_id, platform) where is_default;

-- A post on one network, from its draft to what became of it. Who publishes it holds it by due_at and claim: a host that dies lets it come due again, and
-- one that wakes up late finds another claim.
create table social.posts (
    id               bigint generated always as identity primary key,
    organization_id  bigint       not null,
    campaign_id      bigint       references social.campaigns,
    property_id      bigint,
    account_id       bigint       references social.accounts,
    platform         text         not null,
    post_type        text         not null,
    style            text         not null,
    language         text         not null,
    content          text         not null,
    hashtags         text[]       not null,
    pictures         jsonb        not null,
    status           text         not null,
    scheduled_at     timestamptz,
    time_zone        text         not null,
    price            numeric(18, 2),
    link_token       text         not null,
    link_target      text,
    seed             bigint       not null,
    turn             integer      not null,
    due_at           timestamptz,
    claim            integer      not null,
    phase            text         not null,
    prepared         jsonb,
    armed_at         timestamptz,
    looks            integer      not null,
    failures         integer      not null,
    network_id       text,
    permalink        text,
    published_at     timestamptz,
    error_code       text,
    error            text,
    remedy           text,
    created_by       bigint,
    created_at       timestamptz  not null,
    updated_at       timestamptz  not null
);
select platform.protect('social.posts');
create index posts_by_time on social.posts (organization_id, created_at desc, id desc);
create index posts_by_plan on social.posts (organization_id, scheduled_at, id) where scheduled_at is not null;
create index posts_due on social.posts (due_at) where status in ('scheduled', 'publishing');
create index posts_due_of_office on social.posts (organization_id, due_at) where status in ('scheduled', 'publishing');
create index posts_by_campaign on social.posts (campaign_id);
create index posts_by_account on social.posts (account_id) where account_id is not null;
create index posts_by_property on social.posts (organization_id, property_id) where property_id is not null;
create index posts_published on social.posts (organization_id, platform, published_at) where published_at is not null;
create unique index posts_by_link on social.posts (link_token);

-- Each call to a network, or what a dry run would have called, without its secrets.
create table social.calls (
    id              bigint generated always as identity primary key,
    organization_id bigint      not null,
    post_id         bigint      not null references social.posts on delete cascade,
    claim           integer     not null,
    step            text        not null,
    method          text        not null,
    url             text        not null,
    headers         jsonb       not null,
    body            text,
    status          integer,
    answer          text,
    duration_ms     integer     not null,
    called_at       timestamptz not null
);
select platform.protect('social.calls');
create index calls_by_post on social.calls (post_id, id);

-- What a network counted, as it stood at a time. Null is not zero: nobody measured it.
create table social.insights (
    id              bigint generated always as identity primary key,
    organization_id bigint      not null,
    post_id         bigint      not null references social.posts on delete cascade,
    measured_at     timestamptz not null,
    source          text        not null,
    views           bigint,
    reach           bigint,
    likes           bigint,
    comments        bigint,
    shares          bigint,
    saves           bigint,
    clicks          bigint
);
select platform.protect('social.insights');
create unique index insights_once on social.insights (post_id, measured_at, source);

-- How often a tracked link was followed on a day, and the people who became leads through it.
create table social.link_days (
    organization_id bigint not null,
    post_id         bigint not null references social.posts on delete cascade,
    day             date   not null,
    clicks          bigint not null,
    primary key (post_id, day)
);
select platform.protect('social.link_days');

create table social.post_leads (
    organization_id bigint      not null,
    post_id         bigint      not null references social.posts on delete cascade,
    lead_id         bigint      not null,
    source          text        not null,
    created_at      timestamptz not null,
    primary key (post_id, lead_id)
);
select platform.protect('social.post_leads');
create index post_leads_by_lead on social.post_leads (lead_id);
create index post_leads_by_time on social.post_leads (organization_id, created_at);
