-- An advertisement asks which properties are advertised under its permit.
create index properties_by_permit on properties.properties (organization_id, permit_number) where permit_number is not null and deleted_at is null;
