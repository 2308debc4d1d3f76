-- Notes are found as people type them.
drop index deals.deals_search;
alter table deals.deals drop column search_vector;
alter table deals.deals add column search_vector tsvector generated always as (platform.search_words(coalesce(notes, ''))) stored;
create index deals_search on deals.deals using gin (organization_id, search_vector);
