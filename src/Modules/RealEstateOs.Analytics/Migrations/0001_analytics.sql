-- What the morning mail has told of moves out of the schema of valuations as it is, with its rows, policies and grants.
create schema analytics;
grant usage on schema analytics to reos_app, reos_system;
alter table cma.daily_reports set schema analytics;
