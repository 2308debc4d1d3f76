-- What reports may read of properties.
create view properties.report_properties with (security_invoker = true) as
    select id, organization_id, property_type, status, current_stage, price, currency, city, community, assigned_user_id, team_id, created_by, created_at
    from properties.properties where deleted_at is null;
grant select on properties.report_properties to reos_app, reos_system;
