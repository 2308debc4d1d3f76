-- Webhooks move out of the schema of operations as they are, with their rows, indexes, policies and grants.
create schema integrations;
grant usage on schema integrations to reos_app, reos_system;
alter table operations.webhook_endpoints set schema integrations;
alter table operations.webhook_health set schema integrations;
alter table operations.webhook_deliveries set schema integrations;
alter table operations.webhook_attempts set schema integrations;
