-- Indexes on what belongs to a record begin with the record: deleting one (the purge of what was deleted softly) looks for all that belongs to it by that
-- column alone, and an index that begins with the organization made it read the whole table each time. Lists name both and are served as before.
drop index crm.activities_by_client;
create index activities_by_client on crm.activities (client_id, created_at desc, id desc);
drop index crm.timeline_by_client;
create index timeline_by_client on crm.timeline_entries (client_id, id);
create index communications_of_template on crm.communications (template_id) where template_id is not null;
