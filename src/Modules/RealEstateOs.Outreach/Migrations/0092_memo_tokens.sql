-- By which the owner who gets a memo can say that it is the last.
alter table outreach.communications add column token text;
create unique index communications_by_token on outreach.communications (token) where token is not null;
