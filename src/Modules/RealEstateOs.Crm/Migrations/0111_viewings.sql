-- The home that an activity is about, as with leads.
alter table crm.activities add column property_id bigint;
