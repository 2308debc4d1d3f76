create or replace view properties.report_properties with (security_invoker = true) as
    select id, organization_id, property_type, status, current_stage, price, currency, city, community, assigned_user_id, team_id, created_by, created_at, address
    from properties.properties where deleted_at is null;
