-- What is written to owners and leads, from which template, and to whom nothing may be written any more.
create schema if not exists crm;
grant usage on schema crm to reos_app, reos_system;

create table crm.communication_templates (
    id               bigint generated always as identity primary key,
    organization_id  bigint      not null,
    name             text        not null,
    type             text        not null,
    subject_template text,
    body_template    text        not null,
    stage            text,
    is_active        boolean     not null,
    created_by       bigint,
    created_at       timestamptz not null,
    updated_at       timestamptz not null,
    deleted_at       timestamptz
);
select platform.protect('crm.communication_templates');
create unique index communication_templates_by_name on crm.communication_templates (organization_id, type, lower(name)) where deleted_at is null;

create table crm.communications (
    id              bigint generated always as identity primary key,
    organization_id bigint      not null,
    property_id     bigint,
    lead_id         bigint,
    template_id     bigint references crm.communication_templates on delete set null,
    memo_key        text,
    channel         text        not null,
    recipient       text        not null,
    subject         text,
    body            text        not null,
    is_html         boolean     not null,
    status          text        not null,
    message_id      bigint,
    job_id          bigint,
    transport       text,
    provider_id     text,
    failure         text,
    reply_text      text,
    sent_at         timestamptz,
    delivered_at    timestamptz,
    opened_at       timestamptz,
    clicked_at      timestamptz,
    replied_at      timestamptz,
    bounced_at      timestamptz,
    created_by      bigint,
    created_at      timestamptz not null
);
select platform.protect('crm.communications');
create unique index communications_by_memo_key on crm.communications (organization_id, memo_key) where memo_key is not null;
create index communications_by_property on crm.communications (organization_id, property_id, created_at desc, id desc);
create index communications_by_time on crm.communications (organization_id, created_at desc, id desc);
create index communications_by_template on crm.communications (organization_id, template_id) where sent_at is not null;
create index communications_by_recipient on crm.communications (channel, recipient, id desc);

create table crm.suppressions (
    id              bigint generated always as identity primary key,
    organization_id bigint      not null,
    channel         text        not null,
    address         text        not null,
    reason          text        not null,
    note            text,
    created_by      bigint,
    created_at      timestamptz not null,
    updated_at      timestamptz not null
);
select platform.protect('crm.suppressions');
create unique index suppressions_by_address on crm.suppressions (organization_id, channel, address);
