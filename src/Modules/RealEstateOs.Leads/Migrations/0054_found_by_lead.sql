-- Indexes on what belongs to a record begin with the record: deleting one (the purge of what was deleted softly) looks for all that belongs to it by that
-- column alone, and an index that begins with the organization made it read the whole table each time. Lists name both and are served as before.
drop index leads.status_moves_by_lead;
create index status_moves_by_lead on leads.status_moves (lead_id, id);
drop index leads.timeline_by_lead;
create index timeline_by_lead on leads.timeline_entries (lead_id, id);
drop index leads.activities_by_lead;
create index activities_by_lead on leads.activities (lead_id, created_at desc, id desc);
drop index leads.notes_by_lead;
create index notes_by_lead on leads.notes (lead_id, created_at desc, id desc);
drop index leads.documents_by_lead;
create index documents_by_lead on leads.documents (lead_id, created_at desc, id desc);

-- What integrations ask for (changed since), and the commonest filters and orders over many leads.
create index leads_by_update on leads.leads (organization_id, updated_at desc, id desc) where deleted_at is null;
create index leads_by_source on leads.leads (organization_id, source, created_at desc, id desc) where deleted_at is null;
create index leads_by_name on leads.leads (organization_id, last_name, id) where deleted_at is null;
