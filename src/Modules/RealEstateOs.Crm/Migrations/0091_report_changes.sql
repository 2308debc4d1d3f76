select platform.mark_changes('crm.activities', 'client_activities', '{client_id, activity_type, completed_at, is_cancelled}');
select platform.mark_belongings('crm.clients', 'crm.activities', 'client_activities', 'client_id');
