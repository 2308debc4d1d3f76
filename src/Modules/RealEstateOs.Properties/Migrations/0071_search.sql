-- Searches find the description and parts of numbers, and words as people type them.
drop index properties.properties_search;
alter table properties.properties drop column search_vector;
alter table properties.properties add column search_vector tsvector generated always as (
    platform.search_words(
        address || ' ' || city || ' ' || coalesce(community, '') || ' ' || coalesce(building, '') || ' ' || coalesce(developer, '') || ' ' || coalesce(owner_name, '') || ' ' ||
        coalesce(zip_code, '') || ' ' || coalesce(permit_number, '') || ' ' || coalesce(external_id, '') || ' ' || coalesce(description, ''))) stored;
create index properties_search on properties.properties using gin (organization_id, search_vector);
