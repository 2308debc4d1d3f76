-- Links that work once: their text goes when the mail has left.
alter table platform.messages add column is_secret boolean not null default false;
