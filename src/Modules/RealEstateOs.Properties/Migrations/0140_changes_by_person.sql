-- Whose a property is counts as a change, too.
drop function platform.mark_properties() cascade;
select platform.mark_changes('properties.properties', 'properties',
    '{property_type, status, purpose, price, currency, assigned_user_id, created_at, deleted_at}');
