-- What people are to be told by mail: gathered, so that a hundred new leads are one mail.
create table operations.notices (
    id              bigint generated always as identity primary key,
    organization_id bigint      not null,
    user_id         bigint      not null,
    title           text        not null,
    text            text        not null,
    created_at      timestamptz not null default now()
);
select platform.protect('operations.notices');
create index notices_by_reader on operations.notices (organization_id, user_id, id);
