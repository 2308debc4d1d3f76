create table properties.valuations (
    id              bigint generated always as identity primary key,
    organization_id bigint         not null,
    property_id     bigint         not null references properties.properties on delete cascade,
    value           numeric(18, 2) not null,
    valuation_date  date           not null,
    source          text,
    notes           text,
    created_by      bigint,
    created_at      timestamptz    not null,
    updated_at      timestamptz    not null
);
select platform.protect('properties.valuations');
create index valuations_by_property on properties.valuations (organization_id, property_id, valuation_date desc, id desc);

create table properties.notes (
    id              bigint generated always as identity primary key,
    organization_id bigint      not null,
    property_id     bigint      not null references properties.properties on delete cascade,
    content         text        not null,
    is_pinned       boolean     not null,
    created_by      bigint,
    created_at      timestamptz not null,
    updated_at      timestamptz not null
);
select platform.protect('properties.notes');
create index notes_by_property on properties.notes (organization_id, property_id, created_at desc, id desc);

create table properties.activities (
    id              bigint generated always as identity primary key,
    organization_id bigint      not null,
    property_id     bigint      not null references properties.properties on delete cascade,
    activity_type   text        not null,
    description     text        not null,
    metadata        jsonb,
    created_by      bigint,
    created_at      timestamptz not null,
    updated_at      timestamptz not null
);
select platform.protect('properties.activities');
create index activities_by_property on properties.activities (organization_id, property_id, created_at desc, id desc);
