-- Indexes on what belongs to a record begin with the record: deleting one (the purge of what was deleted softly) looks for all that belongs to it by that
-- column alone, and an index that begins with the organization made it read the whole table each time. Lists name both and are served as before.
drop index properties.stage_moves_by_property;
create index stage_moves_by_property on properties.stage_moves (property_id, id);
drop index properties.timeline_by_property;
create index timeline_by_property on properties.timeline_entries (property_id, id);
drop index properties.valuations_by_property;
create index valuations_by_property on properties.valuations (property_id, valuation_date desc, id desc);
drop index properties.notes_by_property;
create index notes_by_property on properties.notes (property_id, created_at desc, id desc);
drop index properties.activities_by_property;
create index activities_by_property on properties.activities (property_id, created_at desc, id desc);
drop index properties.images_by_property;
create index images_by_property on properties.images (property_id, "order", id);
