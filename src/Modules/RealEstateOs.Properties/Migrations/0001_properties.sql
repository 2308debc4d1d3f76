create schema if not exists properties;
grant usage on schema properties to reos_app, reos_system;

create table properties.properties (
    id                 bigint generated always as identity primary key,
    organization_id    bigint        not null,
    address            text          not null,
    city               text          not null,
    state              text,
    zip_code           text,
    country            text,
    latitude           double precision,
    longitude          double precision,
    property_type      text,
    status             text          not null,
    price              numeric(18, 2),
    estimated_value    numeric(18, 2),
    currency           text          not null,
    bedrooms           int,
    bathrooms          numeric(4, 1),
    square_feet        numeric(18, 2),
    lot_size           numeric(18, 2),
    year_built         int,
    description        text,
    features           text[]        not null,
    amenities          text[]        not null,
    tags               text[]        not null,
    owner_name         text,
    owner_phone        text,
    owner_email        text,
    bird_dog_score     double precision,
    current_stage      text          not null,
    stage_changed_at   timestamptz   not null,
    team_id            bigint,
    assigned_user_id   bigint,
    external_id        text,
    metadata           jsonb,
    has_memo           boolean       not null,
    has_reply          boolean       not null,
    last_contact_at    timestamptz,
    permit_number      text,
    permit_expires_on  date,
    community          text,
    building           text,
    developer          text,
    completion_status  text,
    created_by         bigint,
    created_at         timestamptz   not null,
    updated_at         timestamptz   not null,
    deleted_at         timestamptz,
    search_vector      tsvector generated always as (
        to_tsvector('simple', coalesce(address, '') || ' ' || coalesce(city, '') || ' ' || coalesce(owner_name, '') || ' ' ||
                              coalesce(community, '') || ' ' || coalesce(building, '') || ' ' || coalesce(zip_code, ''))) stored
);
select platform.protect('properties.properties');
create index properties_by_age on properties.properties (organization_id, created_at desc, id desc) where deleted_at is null;
create index properties_by_price on properties.properties (organization_id, (price is null), price desc, id desc) where deleted_at is null;
create index properties_by_stage on properties.properties (organization_id, current_stage, created_at desc, id desc) where deleted_at is null;
create index properties_by_agent on properties.properties (organization_id, assigned_user_id, created_at desc, id desc) where deleted_at is null;
create index properties_by_team on properties.properties (organization_id, team_id, created_at desc, id desc) where deleted_at is null;
create index properties_search on properties.properties using gin (organization_id, search_vector);
create index properties_tags on properties.properties using gin (organization_id, tags);
create unique index properties_external on properties.properties (organization_id, external_id) where external_id is not null and deleted_at is null;
create index properties_deleted on properties.properties (deleted_at) where deleted_at is not null;

create table properties.stage_moves (
    id              bigint generated always as identity primary key,
    organization_id bigint      not null,
    property_id     bigint      not null references properties.properties on delete cascade,
    from_stage      text,
    to_stage        text        not null,
    moved_by        bigint,
    moved_at        timestamptz not null
);
select platform.protect('properties.stage_moves');
create index stage_moves_by_property on properties.stage_moves (organization_id, property_id, id);
create index stage_moves_by_time on properties.stage_moves (organization_id, moved_at);

create table properties.timeline_entries (
    id                bigint generated always as identity primary key,
    organization_id   bigint      not null,
    property_id       bigint      not null references properties.properties on delete cascade,
    event_type        text        not null,
    event_title       text        not null,
    event_description text,
    created_by        bigint,
    created_at        timestamptz not null
);
select platform.protect('properties.timeline_entries');
create index timeline_by_property on properties.timeline_entries (organization_id, property_id, id);
