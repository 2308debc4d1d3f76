-- Lists by city: one index in the order of the page, one for the total of a price range.
create index properties_by_city on properties.properties (organization_id, city, created_at desc, id desc) where deleted_at is null;
create index properties_by_city_price on properties.properties (organization_id, city, price) where deleted_at is null;
