create schema if not exists marketing;
grant usage on schema marketing to reos_app, reos_system;

create table marketing.campaign_templates (
    id              bigint generated always as identity primary key,
    organization_id bigint      not null,
    name            text        not null,
    campaign_type   text        not null,
    subject         text,
    content         text        not null,
    description     text,
    is_active       boolean     not null,
    created_by      bigint,
    created_at      timestamptz not null,
    updated_at      timestamptz not null,
    deleted_at      timestamptz
);
select platform.protect('marketing.campaign_templates');
create index campaign_templates_by_time on marketing.campaign_templates (organization_id, created_at desc, id desc) where deleted_at is null;

create table marketing.campaigns (
    id                 bigint generated always as identity primary key,
    organization_id    bigint      not null,
    name               text        not null,
    campaign_type      text        not null,
    subject            text,
    content            text        not null,
    description        text,
    status             text        not null,
    template_id        bigint references marketing.campaign_templates on delete set null,
    scheduled_at       timestamptz,
    metadata           jsonb,
    audience           jsonb,
    audience_cursor    bigint,
    audience_complete  boolean     not null,
    total_recipients   int         not null,
    sent_count         int         not null,
    failed_count       int         not null,
    suppressed_count   int         not null,
    delivered_count    int         not null,
    opened_count       int         not null,
    clicked_count      int         not null,
    bounced_count      int         not null,
    unsubscribed_count int         not null,
    started_at         timestamptz,
    completed_at       timestamptz,
    created_by         bigint,
    created_at         timestamptz not null,
    updated_at         timestamptz not null,
    deleted_at         timestamptz
);
select platform.protect('marketing.campaigns');
create index campaigns_by_time on marketing.campaigns (organization_id, created_at desc, id desc) where deleted_at is null;

-- One row for each person of a campaign. The token stands in links: it can't be guessed, and opens nothing but this.
create table marketing.campaign_recipients (
    id              bigint generated always as identity primary key,
    organization_id bigint      not null,
    campaign_id     bigint      not null references marketing.campaigns on delete cascade,
    lead_id         bigint      not null,
    address         text        not null,
    variables       jsonb       not null,
    token           text        not null,
    state           text        not null,
    reason          text,
    message_id      bigint,
    sent_at         timestamptz,
    delivered_at    timestamptz,
    opened_at       timestamptz,
    clicked_at      timestamptz,
    bounced_at      timestamptz,
    unsubscribed_at timestamptz,
    created_at      timestamptz not null default now()
);
select platform.protect('marketing.campaign_recipients');
create unique index campaign_recipients_once on marketing.campaign_recipients (campaign_id, lead_id);
create unique index campaign_recipients_address on marketing.campaign_recipients (campaign_id, address) where address <> '';
create unique index campaign_recipients_token on marketing.campaign_recipients (token);
create index campaign_recipients_open on marketing.campaign_recipients (campaign_id, id) where state in ('pending', 'queued');
create index campaign_recipients_by_tenant on marketing.campaign_recipients (organization_id, campaign_id, id);
