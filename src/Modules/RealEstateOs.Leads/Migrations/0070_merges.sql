-- Addresses and numbers of leads that were merged into another one: who submits them again is that one.
create table leads.former_contacts (
    id              bigint generated always as identity primary key,
    organization_id bigint not null,
    lead_id         bigint not null references leads.leads on delete cascade,
    address         text   not null
);
select platform.protect('leads.former_contacts');
create index former_contacts_by_address on leads.former_contacts (organization_id, address);
create index former_contacts_by_lead on leads.former_contacts (lead_id);

-- Who went into a lead points to where that one went, so that one step leads to who stands.
create index leads_merged on leads.leads (merged_into_id) where merged_into_id is not null;
with recursive way as (
    select id, merged_into_id as stands from leads.leads where merged_into_id is not null
    union
    select way.id, next.merged_into_id from way join leads.leads next on next.id = way.stands where next.merged_into_id is not null
)
update leads.leads gone set merged_into_id = way.stands
from way join leads.leads stands on stands.id = way.stands and stands.merged_into_id is null
where gone.id = way.id and gone.merged_into_id <> way.stands;

insert into leads.former_contacts (organization_id, lead_id, address)
select distinct gone.organization_id, stands.id, address.said
from leads.leads gone join leads.leads stands on stands.id = gone.merged_into_id cross join lateral (values (gone.email_normalised), (gone.phone_e164)) as address(said)
where address.said is not null and address.said is distinct from stands.email_normalised and address.said is distinct from stands.phone_e164;
