-- What portals and forms say beside a name.
alter table leads.leads add column bedrooms int, add column portal text, add column portal_reference text, add column message text;
create index leads_by_portal on leads.leads (organization_id, portal, created_at desc, id desc) where deleted_at is null and portal is not null;

-- Enquiries that were received, by a hash of what they say: one that is sent again is known.
create table leads.enquiries (
    id              bigint generated always as identity primary key,
    organization_id bigint      not null,
    lead_id         bigint      not null references leads.leads on delete cascade,
    hash            bytea       not null,
    received_at     timestamptz not null,
    unique (organization_id, hash)
);
select platform.protect('leads.enquiries');
create index enquiries_by_lead on leads.enquiries (lead_id);
