-- What reports may read of conversations: that something was said, by whom and when, never what.
create view assistant.report_messages with (security_invoker = true) as
    select m.id, m.organization_id, m.session_id, m.role, m.state, s.created_by, m.created_at
    from assistant.chat_messages m join assistant.chat_sessions s on s.id = m.session_id;
grant select on assistant.report_messages to reos_app, reos_system;
create index chat_messages_by_time on assistant.chat_messages (organization_id, created_at);
