-- An event is written twice, without a position and with one: only the second belongs into the index that readers use.
drop index platform.outbox_by_tenant;
create index outbox_by_tenant on platform.outbox (organization_id, position) where position is not null;
-- Rows that wait leave dead entries behind at the rate of all writes.
alter table platform.outbox set (autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_insert_scale_factor = 0.05, autovacuum_analyze_scale_factor = 0.05);
alter table platform.subscriptions set (fillfactor = 50);
