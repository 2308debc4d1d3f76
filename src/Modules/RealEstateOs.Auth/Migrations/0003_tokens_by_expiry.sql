create index account_tokens_by_expiry on auth.account_tokens (expires_at);
grant delete on auth.sessions, auth.account_tokens to reos_system;
