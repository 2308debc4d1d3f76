-- The name was another module's until its tables moved away.
create schema if not exists marketing;
grant usage on schema marketing to reos_app, reos_system;

create table marketing.campaigns (
    id                bigint generated always as identity primary key,
    organization_id   bigint        not null,
    name              text          not null,
    campaign_type     text          not null,
    property_id       bigint,
    status            text          not null,
    channels          text[]        not null,
    languages         text[]        not null,
    target_audience   text,
    subject           text,
    content           text,
    customizations    jsonb         not null,
    schedule          jsonb,
    budget            numeric(18, 2),
    currency          text          not null,
    job_id            bigint,
    approved_hash     text,
    launched_at       timestamptz,
    completed_at      timestamptz,
    metadata          jsonb,
    created_by        bigint,
    created_at        timestamptz   not null,
    updated_at        timestamptz   not null,
    deleted_at        timestamptz
);
select platform.protect('marketing.campaigns');
create index campaigns_by_time on marketing.campaigns (organization_id, created_at desc, id desc) where deleted_at is null;
create index campaigns_by_property on marketing.campaigns (organization_id, property_id) where property_id is not null;
create index campaigns_deleted on marketing.campaigns (deleted_at) where deleted_at is not null;

-- One file of a campaign. What it was made from stands in input_hash: made again only when that changes.
create table marketing.assets (
    id              bigint generated always as identity primary key,
    organization_id bigint      not null,
    campaign_id     bigint      not null references marketing.campaigns on delete cascade,
    channel         text        not null,
    format          text        not null,
    language        text        not null,
    platform        text,
    for_press       boolean     not null,
    template        text        not null,
    state           text        not null,
    input_hash      text,
    file_key        text,
    content_type    text,
    bytes           bigint,
    sha256          text,
    text_body       text,
    error           text,
    made_at         timestamptz,
    created_by      bigint,
    created_at      timestamptz not null,
    updated_at      timestamptz not null
);
select platform.protect('marketing.assets');
create unique index assets_once on marketing.assets (campaign_id, channel, format, language, coalesce(platform, ''));

create table marketing.generations (
    id              bigint generated always as identity primary key,
    organization_id bigint      not null,
    campaign_id     bigint      not null references marketing.campaigns on delete cascade,
    job_id          bigint,
    asset_ids       bigint[]    not null,
    created_by      bigint,
    created_at      timestamptz not null,
    updated_at      timestamptz not null
);
select platform.protect('marketing.generations');
create index generations_by_campaign on marketing.generations (campaign_id);
create index generations_by_job on marketing.generations (organization_id, job_id);

create table marketing.approvals (
    id              bigint generated always as identity primary key,
    organization_id bigint      not null,
    campaign_id     bigint      not null references marketing.campaigns on delete cascade,
    decision        text,
    priority        text        not null,
    notes           text,
    reviewer_id     bigint,
    submitted_by    bigint,
    decided_by      bigint,
    decided_at      timestamptz,
    decision_notes  text,
    content_hash    text,
    created_by      bigint,
    created_at      timestamptz not null,
    updated_at      timestamptz not null
);
select platform.protect('marketing.approvals');
create index approvals_by_campaign on marketing.approvals (campaign_id, id desc);
create index approvals_by_decision on marketing.approvals (organization_id, decided_at desc) where decided_at is not null;

create table marketing.distributions (
    id              bigint generated always as identity primary key,
    organization_id bigint      not null,
    campaign_id     bigint      not null references marketing.campaigns on delete cascade,
    channel         text        not null,
    outcome         text        not null,
    detail          text,
    sent_as         text,
    created_by      bigint,
    created_at      timestamptz not null,
    updated_at      timestamptz not null
);
select platform.protect('marketing.distributions');
create index distributions_by_campaign on marketing.distributions (campaign_id, id desc);

-- What an advertisement of a property needs beside the property itself, above all its permit.
create table marketing.adverts (
    id                     bigint generated always as identity primary key,
    organization_id        bigint      not null,
    property_id            bigint      not null,
    purpose                text        not null,
    rent_period            text,
    title                  text,
    title_ar               text,
    description            text,
    description_ar         text,
    furnishing             text,
    permit_type            text        not null,
    permit_starts_on       date,
    permit_url             text,
    permit_price           numeric(18, 2),
    permit_square_feet     numeric(18, 2),
    permit_property_type   text,
    permit_bedrooms        integer,
    permit_exemption       text,
    authority              text,
    authority_signed_on    date,
    authority_expires_on   date,
    created_by             bigint,
    created_at             timestamptz not null,
    updated_at             timestamptz not null
);
select platform.protect('marketing.adverts');
create unique index adverts_of_property on marketing.adverts (organization_id, property_id);

-- How an agent appears on what is printed.
create table marketing.agents (
    id                     bigint generated always as identity primary key,
    organization_id        bigint      not null,
    user_id                bigint      not null,
    title                  text,
    title_ar               text,
    name_ar                text,
    brn                    text,
    brn_expires_on         date,
    photo_url              text,
    advertiser_permit      text,
    advertiser_permit_expires_on date,
    created_by             bigint,
    created_at             timestamptz not null,
    updated_at             timestamptz not null
);
select platform.protect('marketing.agents');
create unique index agents_of_user on marketing.agents (organization_id, user_id);

create table marketing.settings (
    organization_id      bigint      primary key,
    author_may_approve   boolean     not null,
    name_ar              text,
    licence_number       text,
    created_by           bigint,
    created_at           timestamptz not null,
    updated_at           timestamptz not null
);
select platform.protect('marketing.settings');

-- A public page. Its token stands in its address; views are counted by day, without a trace of who looked.
create table marketing.landing_pages (
    id              bigint generated always as identity primary key,
    organization_id bigint      not null,
    campaign_id     bigint      not null references marketing.campaigns on delete cascade,
    property_id     bigint,
    token           text        not null,
    is_published    boolean     not null,
    theme           text        not null,
    contents        jsonb       not null,
    photos          jsonb       not null,
    published_contents jsonb,
    published_photos jsonb,
    published_at    timestamptz,
    created_by      bigint,
    created_at      timestamptz not null,
    updated_at      timestamptz not null
);
select platform.protect('marketing.landing_pages');
create unique index landing_pages_by_token on marketing.landing_pages (token);
create unique index landing_pages_of_campaign on marketing.landing_pages (campaign_id);

create table marketing.landing_days (
    organization_id bigint not null,
    page_id         bigint not null references marketing.landing_pages on delete cascade,
    day             date   not null,
    views           bigint not null,
    enquiries       bigint not null,
    primary key (page_id, day)
);
select platform.protect('marketing.landing_days');
create index landing_days_by_day on marketing.landing_days (organization_id, day);

create table marketing.enquiries (
    id              bigint generated always as identity primary key,
    organization_id bigint      not null,
    page_id         bigint      not null references marketing.landing_pages on delete cascade,
    campaign_id     bigint      not null references marketing.campaigns on delete cascade,
    lead_id         bigint      not null,
    consent_text    text        not null,
    ip_address      text,
    created_by      bigint,
    created_at      timestamptz not null,
    updated_at      timestamptz not null
);
select platform.protect('marketing.enquiries');
create index enquiries_by_page on marketing.enquiries (page_id);
create index enquiries_by_campaign on marketing.enquiries (campaign_id, created_at);
create index enquiries_by_time on marketing.enquiries (organization_id, created_at);

-- What was spent: printing, postage, advertising.
create table marketing.expenses (
    id              bigint generated always as identity primary key,
    organization_id bigint         not null,
    campaign_id     bigint         not null references marketing.campaigns on delete cascade,
    channel         text           not null,
    amount          numeric(18, 2) not null,
    spent_on        date           not null,
    note            text,
    created_by      bigint,
    created_at      timestamptz    not null,
    updated_at      timestamptz    not null
);
select platform.protect('marketing.expenses');
create index expenses_by_campaign on marketing.expenses (campaign_id);
create index expenses_by_day on marketing.expenses (organization_id, spent_on);
