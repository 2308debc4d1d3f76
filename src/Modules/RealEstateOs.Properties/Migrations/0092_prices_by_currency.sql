-- A bound of a price is one in a currency: with it in the index, the total of a city and price range is counted without a look at the rows.
drop index properties.properties_by_city_price;
create index properties_by_city_price on properties.properties (organization_id, city, currency, price) where deleted_at is null;
