-- Names are found as people type them.
drop index leads.leads_search;
alter table leads.leads drop column search_vector;
alter table leads.leads add column search_vector tsvector generated always as (
    platform.search_words(
        first_name || ' ' || last_name || ' ' || coalesce(company, '') || ' ' || coalesce(email, '') || ' ' || regexp_replace(coalesce(phone, ''), '[^0-9]', '', 'g') || ' ' || coalesce(substr(phone_e164, 2), ''))) stored;
create index leads_search on leads.leads using gin (organization_id, search_vector);
