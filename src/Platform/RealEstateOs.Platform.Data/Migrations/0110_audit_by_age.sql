-- The audit log is listed by time, and asked what somebody did; the index by id served neither.
create index audit_logs_by_creation on platform.audit_logs (organization_id, created_at desc, id desc);
create index audit_logs_by_user on platform.audit_logs (organization_id, user_id, created_at desc, id desc);
drop index platform.audit_logs_by_time;
