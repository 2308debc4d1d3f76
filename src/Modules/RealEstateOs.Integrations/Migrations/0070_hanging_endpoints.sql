-- Whether the last attempt got no answer in time: such endpoints have a few places of their own.
alter table integrations.webhook_health add column hangs boolean not null default false;
