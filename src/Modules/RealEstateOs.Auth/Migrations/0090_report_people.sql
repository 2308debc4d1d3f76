-- Who belongs together, for comparisons; and who is signed in.
create view auth.report_people with (security_invoker = true) as
    select id as user_id, organization_id, first_name || ' ' || last_name as name, team_id, is_active from auth.users;
grant select on auth.report_people to reos_app, reos_system;
create view auth.report_sessions with (security_invoker = true) as
    select id, organization_id, user_id, created_at, expires_at from auth.sessions where ended_at is null;
grant select on auth.report_sessions to reos_app, reos_system;
