create table deals.transactions (
    id                bigint generated always as identity primary key,
    organization_id   bigint         not null,
    deal_id           bigint references deals.deals on delete cascade,
    property_id       bigint,
    transaction_type  text           not null,
    status            text           not null,
    status_changed_at timestamptz    not null,
    amount            numeric(18, 2) not null,
    currency          text           not null,
    transaction_date  date           not null,
    description       text,
    commission_rate   numeric(7, 4),
    commission_amount numeric(18, 2),
    metadata          jsonb,
    created_by        bigint,
    created_at        timestamptz    not null,
    updated_at        timestamptz    not null
);
select platform.protect('deals.transactions');
create index transactions_by_age on deals.transactions (organization_id, created_at desc, id desc);
create index transactions_by_deal on deals.transactions (organization_id, deal_id, created_at desc, id desc);
create index transactions_by_status on deals.transactions (organization_id, status, created_at desc, id desc);

create table deals.transaction_history (
    id              bigint generated always as identity primary key,
    organization_id bigint      not null,
    transaction_id  bigint      not null references deals.transactions on delete cascade,
    from_status     text,
    to_status       text        not null,
    note            text,
    changed_by      bigint,
    changed_at      timestamptz not null
);
select platform.protect('deals.transaction_history');
create index transaction_history_by_transaction on deals.transaction_history (organization_id, transaction_id, id);
