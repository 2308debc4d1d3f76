-- Feeds and portals move out of the schema of marketing as they are, with their rows, indexes, policies and grants.
create schema syndication;
grant usage on schema syndication to reos_app, reos_system;
alter table marketing.feeds set schema syndication;
alter table marketing.feed_items set schema syndication;
alter table marketing.portal_accounts set schema syndication;
alter table marketing.portal_listings set schema syndication;
