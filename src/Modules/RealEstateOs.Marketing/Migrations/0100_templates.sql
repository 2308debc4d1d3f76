-- Designs that organizations write themselves; those of the product are code.
create table marketing.templates (
    id              bigint generated always as identity primary key,
    organization_id bigint      not null,
    name            text        not null,
    description     text,
    category        text        not null,
    market          text        not null,
    theme           text        not null,
    html            text        not null,
    css             text        not null,
    file_key        text, -- its picture, which goes with the row when that is purged
    created_by      bigint,
    created_at      timestamptz not null,
    updated_at      timestamptz not null,
    deleted_at      timestamptz
);
select platform.protect('marketing.templates');
create index templates_of_office on marketing.templates (organization_id, id) where deleted_at is null;
create index templates_deleted on marketing.templates (deleted_at) where deleted_at is not null;
