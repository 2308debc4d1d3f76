-- What lists of messages, addresses that get nothing and people in sequences are asked for.
create index communications_by_status on outreach.communications (organization_id, status, created_at desc, id desc);
create index communications_to on outreach.communications (organization_id, recipient);
create index communications_by_sending on outreach.communications (organization_id, sent_at desc, id desc);
create index suppressions_by_time on outreach.suppressions (organization_id, created_at desc, id desc);
create index suppressions_of_address on outreach.suppressions (organization_id, address, id);
create index enrollments_by_status on outreach.enrollments (organization_id, status, created_at desc, id desc);
