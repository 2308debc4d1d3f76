-- What changed since: how other systems keep in step. And a community's listings, which is how Dubai is searched.
create index properties_by_update on properties.properties (organization_id, updated_at desc, id desc) where deleted_at is null;
create index properties_by_community on properties.properties (organization_id, community, created_at desc, id desc)
    where community is not null and deleted_at is null;
