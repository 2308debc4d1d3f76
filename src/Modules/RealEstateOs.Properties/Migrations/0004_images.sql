create table properties.images (
    id              bigint generated always as identity primary key,
    organization_id bigint      not null,
    property_id     bigint      not null references properties.properties on delete cascade,
    url             text,       -- of an image that lies elsewhere
    file_key        text,       -- of one that lies here
    content_type    text,
    file_size       bigint,
    title           text,
    description     text,
    "order"         int         not null,
    is_primary      boolean     not null,
    created_by      bigint,
    created_at      timestamptz not null,
    updated_at      timestamptz not null,
    check ((url is null) <> (file_key is null))
);
select platform.protect('properties.images');
create index images_by_property on properties.images (organization_id, property_id, "order", id);
create unique index images_primary on properties.images (property_id) where is_primary;
