-- A message may be to a client.
alter table outreach.communications add column client_id bigint;
create index communications_by_client on outreach.communications (organization_id, client_id) where client_id is not null;
