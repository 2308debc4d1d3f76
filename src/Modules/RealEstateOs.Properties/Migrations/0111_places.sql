-- What lies around a place: the box around it.
create index properties_by_place on properties.properties (organization_id, latitude, longitude) where deleted_at is null and latitude is not null;
