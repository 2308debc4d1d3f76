-- Who writes a mail, as its recipient knows them.
alter table platform.messages add column from_name text;
