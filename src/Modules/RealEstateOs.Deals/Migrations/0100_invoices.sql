-- What comes off a commission before the agents share it.
alter table deals.deals
    add column co_broker text,
    add column co_broke_share numeric(7, 4) check (co_broke_share between 0 and 100),
    add column commission_fees jsonb,
    add column house_share numeric(7, 4) check (house_share between 0 and 100);

-- An organization may have a tax number and leave VAT to its country's rule.
alter table deals.settings alter column vat_rate drop not null, add column trn text;

-- An invoice says what it said on its day, so that it names nothing by reference but the deal, which it outlives.
create table deals.invoices (
    id                bigint generated always as identity primary key,
    organization_id   bigint         not null,
    deal_id           bigint         not null,
    kind              text           not null,
    number            text           not null,
    credits           bigint references deals.invoices,
    issued_on         date           not null,
    supplied_on       date           not null,
    due_on            date,
    seller_name       text           not null,
    seller_address    text,
    seller_trn        text,
    seller_orn        text,
    buyer_name        text           not null,
    buyer_address     text,
    buyer_trn         text,
    description       text           not null,
    property_id       bigint         not null,
    property_address  text,
    reason            text,
    currency          text           not null,
    net_amount        numeric(18, 3) not null,
    vat_rate          numeric(5, 2)  not null,
    vat_amount        numeric(18, 3) not null,
    home_currency     text           not null,
    exchange_rate     numeric(18, 6),
    created_by        bigint,
    created_at        timestamptz    not null,
    updated_at        timestamptz    not null,
    unique (organization_id, number),
    unique (credits)
);
select platform.protect('deals.invoices');
create index invoices_by_age on deals.invoices (organization_id, created_at desc, id desc);
create index invoices_by_deal on deals.invoices (organization_id, deal_id, id);
-- What was issued does not change: nobody's request, job or mistake can.
revoke update, delete on deals.invoices from reos_app, reos_system;

-- The last number given. Its row is locked until the commit, and a rollback gives the number back: there are no gaps.
create table deals.invoice_counters (
    organization_id bigint not null,
    kind            text   not null,
    last            int    not null,
    primary key (organization_id, kind)
);
select platform.protect('deals.invoice_counters');
