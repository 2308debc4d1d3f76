-- A link counts for the address that it was mailed to; what is open now counts for the address of today.
alter table auth.account_tokens add column email text;
update auth.account_tokens t set email = u.email from auth.users u where u.id = t.user_id;
alter table auth.account_tokens alter column email set not null;

-- Failures are counted for an address from one origin (a network, or a device that has signed in before), and for the address from everywhere.
drop table auth.sign_in_failures;
create table auth.sign_in_failures (
    email_hash     bytea       not null,
    origin_hash    bytea       not null,
    failures       int         not null,
    last_failed_at timestamptz not null,
    locked_until   timestamptz,
    primary key (email_hash, origin_hash)
);
create index sign_in_failures_by_age on auth.sign_in_failures (last_failed_at);
grant select, insert, update, delete on auth.sign_in_failures to reos_system;

-- Addresses have one spelling, which the application gives them (EmailAddress.Normalise): lower() here folds some letters otherwise than .NET does.
drop index auth.users_by_email;
create unique index users_by_email on auth.users (email);
