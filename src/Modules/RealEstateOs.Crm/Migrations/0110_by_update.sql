-- What changed since: how other systems keep in step. And clients by name, as leads have it.
create index clients_by_update on crm.clients (organization_id, updated_at desc, id desc) where deleted_at is null;
create index clients_by_name on crm.clients (organization_id, last_name, id) where deleted_at is null;
