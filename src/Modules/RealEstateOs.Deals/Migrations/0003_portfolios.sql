create table deals.portfolios (
    id              bigint generated always as identity primary key,
    organization_id bigint      not null,
    name            text        not null,
    description     text,
    metadata        jsonb,
    created_by      bigint,
    created_at      timestamptz not null,
    updated_at      timestamptz not null,
    deleted_at      timestamptz
);
select platform.protect('deals.portfolios');
create index portfolios_by_age on deals.portfolios (organization_id, created_at desc, id desc) where deleted_at is null;
create index portfolios_deleted on deals.portfolios (deleted_at) where deleted_at is not null;

create table deals.portfolio_properties (
    id              bigint generated always as identity primary key,
    organization_id bigint      not null,
    portfolio_id    bigint      not null references deals.portfolios on delete cascade,
    property_id     bigint      not null,
    book_value      numeric(18, 2),
    added_by        bigint,
    added_at        timestamptz not null,
    unique (portfolio_id, property_id)
);
select platform.protect('deals.portfolio_properties');
create index portfolio_properties_by_portfolio on deals.portfolio_properties (organization_id, portfolio_id, id);
create index portfolio_properties_by_property on deals.portfolio_properties (organization_id, property_id);

create table deals.reconciliations (
    id                     bigint generated always as identity primary key,
    organization_id        bigint         not null,
    portfolio_id           bigint         not null references deals.portfolios on delete cascade,
    validation_status      text           not null,
    discrepancy_percentage numeric(18, 2),
    threshold              numeric(5, 2)  not null,
    properties_checked     int            not null,
    total_value_expected   numeric(18, 2) not null,
    total_value_actual     numeric(18, 2) not null,
    discrepancy_amount     numeric(18, 2) not null,
    discrepancies          jsonb          not null,
    created_by             bigint,
    checked_at             timestamptz    not null
);
select platform.protect('deals.reconciliations');
create index reconciliations_by_portfolio on deals.reconciliations (organization_id, portfolio_id, checked_at desc, id desc);
