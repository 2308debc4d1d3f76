-- When the last memo to the owner left; the timeline knows it of those that were sent before.
alter table properties.properties add column memo_generated_at timestamptz;
update properties.properties p set memo_generated_at = m.at
from (select property_id, max(created_at) as at from properties.timeline_entries where event_type = 'memo_sent' group by property_id) m
where m.property_id = p.id;
