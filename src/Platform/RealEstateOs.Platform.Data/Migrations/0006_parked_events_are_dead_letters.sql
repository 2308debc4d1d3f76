-- A parked event is also a failed job (kind event.deliver), so that it is seen, replayed and deleted like all dead letters; it goes with its job.
alter table platform.parked_events add column job_id bigint references platform.jobs on delete cascade;
create index parked_events_by_job on platform.parked_events (job_id);
