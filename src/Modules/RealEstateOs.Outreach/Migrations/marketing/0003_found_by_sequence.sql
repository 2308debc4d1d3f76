-- Indexes on what belongs to a record begin with the record: deleting one (the purge of what was deleted softly) looks for all that belongs to it by that
-- column alone, and an index that begins with the organization made it read the whole table each time. Lists name both and are served as before.
drop index marketing.enrollments_by_sequence;
create index enrollments_by_sequence on marketing.enrollments (sequence_id, created_at desc, id desc);
drop index marketing.step_runs_by_sequence;
create index step_runs_by_sequence on marketing.step_runs (sequence_id, step_key);
create index campaigns_by_template on marketing.campaigns (template_id) where template_id is not null;
