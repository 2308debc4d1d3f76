-- For reports that are made at a time of the office's day.
create view auth.report_offices with (security_invoker = true) as
    select id as organization_id, time_zone, created_at from auth.organizations;
grant select on auth.report_offices to reos_app, reos_system;
