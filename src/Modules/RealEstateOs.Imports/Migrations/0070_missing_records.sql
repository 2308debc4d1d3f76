-- The records that a complete file did not name, and whether they were closed.
alter table imports.imports add column missing jsonb;
