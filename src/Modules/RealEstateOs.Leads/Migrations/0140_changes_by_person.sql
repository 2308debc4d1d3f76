-- Whose a lead is counts as a change, too.
drop function platform.mark_leads() cascade;
select platform.mark_changes('leads.leads', 'leads', '{source, status, score, first_response_minutes, assigned_to, created_at, deleted_at}');
