-- One module writes to people: what stood in the schemas of campaigns and of clients moves here as it is, with its rows, indexes, policies and grants.
alter schema marketing rename to outreach;
alter table crm.communication_templates set schema outreach;
alter table crm.communications set schema outreach;
alter table crm.suppressions set schema outreach;
alter table crm.provider_events set schema outreach;
alter table crm.unmatched_events set schema outreach;
