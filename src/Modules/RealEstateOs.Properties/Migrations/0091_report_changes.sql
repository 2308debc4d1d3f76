select platform.mark_changes('properties.properties', 'properties', '{property_type, status, price, currency, created_at, deleted_at}');
-- Since when properties are here, for whatever names one: a new property is named by nothing yet.
select platform.mark_changes('properties.properties', 'property_entries', '{created_at, deleted_at}', on_insert => false);
