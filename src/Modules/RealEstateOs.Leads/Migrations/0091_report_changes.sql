select platform.mark_changes('leads.leads', 'leads', '{source, status, score, first_response_minutes, created_at, deleted_at}');
select platform.mark_changes('leads.activities', 'lead_activities', '{lead_id, activity_type, completed_at, is_cancelled}');
select platform.mark_belongings('leads.leads', 'leads.activities', 'lead_activities', 'lead_id');
-- Where leads came from, for whatever names one: a new lead is named by nothing yet.
select platform.mark_changes('leads.leads', 'lead_sources', '{source, deleted_at}', on_insert => false);
