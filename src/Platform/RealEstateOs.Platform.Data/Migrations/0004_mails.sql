-- Mails and text messages on their way out; the job that sends one names it by id.
create table platform.messages (
    id              bigint generated always as identity primary key,
    organization_id bigint      not null,
    channel         text        not null check (channel in ('email', 'sms')),
    recipient       text        not null,
    recipient_name  text,
    reply_to        text,
    subject         text,
    body            text        not null,
    html            text,
    headers         jsonb       not null default '{}',
    reference       text,                       -- what it is about: rcpt_12
    transport       text,
    provider_id     text,
    created_by      bigint,
    created_at      timestamptz not null default now(),
    sent_at         timestamptz
);
create index messages_by_tenant on platform.messages (organization_id, id desc);
create index messages_by_reference on platform.messages (organization_id, reference) where reference is not null;
create index messages_by_age on platform.messages using brin (created_at);
select platform.protect('platform.messages');
