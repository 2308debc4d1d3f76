-- Imports move out of the schema of operations as they are, with their rows, indexes, policies and grants.
create schema imports;
grant usage on schema imports to reos_app, reos_system;
alter table operations.imports set schema imports;
alter table operations.import_errors set schema imports;
