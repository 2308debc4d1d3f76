-- The record that a notice is about, for the link to it.
alter table operations.notices add column reference text;
