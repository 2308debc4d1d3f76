-- Names are found as people type them.
drop index crm.clients_search;
alter table crm.clients drop column search_vector;
alter table crm.clients add column search_vector tsvector generated always as (
    platform.search_words(
        first_name || ' ' || last_name || ' ' || coalesce(email, '') || ' ' || regexp_replace(coalesce(phone, ''), '[^0-9]', '', 'g') || ' ' || coalesce(substr(phone_e164, 2), ''))) stored;
create index clients_search on crm.clients using gin (organization_id, search_vector);
