alter table auth.organizations add column logo_key text;
