-- Copies of the pictures on a report's cover: it stays as it was made.
alter table cma.reports add column cover_key text, add column logo_key text;
