-- A bathroom without a shower counts three quarters, in files of public records at least: 2.25 must not become 2.3.
alter table properties.properties alter column bathrooms type numeric(5, 2);
create index properties_by_zip on properties.properties (organization_id, zip_code, created_at desc, id desc) where deleted_at is null;
