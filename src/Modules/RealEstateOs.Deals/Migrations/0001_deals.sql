create schema if not exists deals;
grant usage on schema deals to reos_app, reos_system;

create table deals.deals (
    id                  bigint generated always as identity primary key,
    organization_id     bigint         not null,
    property_id         bigint         not null,
    lead_id             bigint,
    client_id           bigint,
    deal_type           text           not null,
    stage               text           not null,
    stage_changed_at    timestamptz    not null,
    value               numeric(18, 2) not null,
    currency            text           not null,
    commission_rate     numeric(7, 4),
    vat_rate            numeric(5, 2)  not null,
    probability         numeric(5, 2)  not null,
    probability_by_hand boolean        not null,
    expected_close_date date,
    closed_at           timestamptz,
    transfer_date       date,
    assigned_to         bigint,
    team_id             bigint,
    notes               text,
    metadata            jsonb,
    created_by          bigint,
    created_at          timestamptz    not null,
    updated_at          timestamptz    not null,
    deleted_at          timestamptz,
    search_vector       tsvector generated always as (to_tsvector('simple', coalesce(notes, ''))) stored,
    constraint deals_value check (value >= 0),
    constraint deals_probability check (probability between 0 and 100)
);
select platform.protect('deals.deals');
create index deals_by_age on deals.deals (organization_id, created_at desc, id desc) where deleted_at is null;
create index deals_by_stage on deals.deals (organization_id, stage, created_at desc, id desc) where deleted_at is null;
create index deals_by_agent on deals.deals (organization_id, assigned_to, created_at desc, id desc) where deleted_at is null;
create index deals_by_property on deals.deals (organization_id, property_id) where deleted_at is null;
create index deals_by_lead on deals.deals (organization_id, lead_id) where lead_id is not null and deleted_at is null;
create index deals_by_client on deals.deals (organization_id, client_id) where client_id is not null and deleted_at is null;
create index deals_by_closing on deals.deals (organization_id, expected_close_date) where deleted_at is null;
create index deals_search on deals.deals using gin (organization_id, search_vector);
create index deals_deleted on deals.deals (deleted_at) where deleted_at is not null;

create table deals.splits (
    id              bigint generated always as identity primary key,
    organization_id bigint        not null,
    deal_id         bigint        not null references deals.deals on delete cascade,
    position        int           not null,
    user_id         bigint        not null,
    percent         numeric(7, 4) not null check (percent > 0 and percent <= 100),
    unique (deal_id, user_id)
);
select platform.protect('deals.splits');
create index splits_by_deal on deals.splits (organization_id, deal_id, position);
create index splits_by_agent on deals.splits (organization_id, user_id, deal_id);

create table deals.stage_moves (
    id              bigint generated always as identity primary key,
    organization_id bigint      not null,
    deal_id         bigint      not null references deals.deals on delete cascade,
    from_stage      text,
    to_stage        text        not null,
    moved_by        bigint,
    moved_at        timestamptz not null
);
select platform.protect('deals.stage_moves');
create index stage_moves_by_deal on deals.stage_moves (organization_id, deal_id, id);

-- What an organization decided for itself; without a row the country's usual holds.
create table deals.settings (
    organization_id bigint        primary key,
    vat_rate        numeric(5, 2) not null check (vat_rate between 0 and 100)
);
select platform.protect('deals.settings');
