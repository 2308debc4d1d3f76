-- The home that an activity is about: a lead is shown more than one.
alter table leads.activities add column property_id bigint;
