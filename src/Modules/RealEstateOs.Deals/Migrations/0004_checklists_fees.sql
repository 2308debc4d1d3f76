create table deals.checklist_templates (
    id              bigint generated always as identity primary key,
    organization_id bigint      not null,
    origin          text,
    name            text        not null,
    description     text,
    items           jsonb       not null,
    created_by      bigint,
    created_at      timestamptz not null,
    updated_at      timestamptz not null,
    deleted_at      timestamptz
);
select platform.protect('deals.checklist_templates');
create index checklist_templates_by_name on deals.checklist_templates (organization_id, name, id) where deleted_at is null;
create unique index checklist_templates_by_origin on deals.checklist_templates (organization_id, origin) where origin is not null;
create index checklist_templates_deleted on deals.checklist_templates (deleted_at) where deleted_at is not null;

create table deals.checklist_items (
    id              bigint generated always as identity primary key,
    organization_id bigint      not null,
    deal_id         bigint      not null references deals.deals on delete cascade,
    template_id     bigint,
    position        int         not null,
    code            text,
    title           text        not null,
    description     text,
    is_required     boolean     not null,
    done_at         timestamptz,
    done_by         bigint,
    note            text,
    created_by      bigint,
    created_at      timestamptz not null,
    updated_at      timestamptz not null
);
select platform.protect('deals.checklist_items');
create index checklist_items_by_deal on deals.checklist_items (organization_id, deal_id, position, id);

-- A schedule holds from its day until the next one's.
create table deals.fee_schedules (
    id              bigint generated always as identity primary key,
    organization_id bigint      not null,
    valid_from      date        not null,
    rates           jsonb       not null,
    source          text,
    created_by      bigint,
    created_at      timestamptz not null,
    updated_at      timestamptz not null,
    unique (organization_id, valid_from)
);
select platform.protect('deals.fee_schedules');
