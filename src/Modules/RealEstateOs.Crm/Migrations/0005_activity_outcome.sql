-- What came of an activity, as with leads; "cancelled" calls it off.
alter table crm.activities add column outcome text;
