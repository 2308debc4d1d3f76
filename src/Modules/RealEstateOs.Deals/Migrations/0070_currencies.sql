-- A reconciliation keeps currencies apart.
alter table deals.reconciliations add column currency text, add column by_currency jsonb;

-- Amounts of dinars and rials have three decimals. The view over them is made anew, for a column that a view reads can't change its type.
drop view deals.report_deals;
alter table deals.deals alter column value type numeric(18, 3);
alter table deals.transactions alter column amount type numeric(18, 3), alter column commission_amount type numeric(18, 3);

create function deals.currency_decimals(code text) returns int language sql immutable parallel safe as $$
    select case when code in ('BIF', 'CLP', 'DJF', 'GNF', 'ISK', 'JPY', 'KMF', 'KRW', 'PYG', 'RWF', 'UGX', 'VND', 'VUV', 'XAF', 'XOF', 'XPF') then 0
                when code in ('BHD', 'IQD', 'JOD', 'KWD', 'LYD', 'OMR', 'TND') then 3 else 2 end
$$;

create view deals.report_deals with (security_invoker = true) as
    select id, organization_id, property_id, lead_id, client_id, deal_type, stage, value, currency, commission_rate,
           round(value * commission_rate / 100, deals.currency_decimals(currency)) as gross_commission, assigned_to, team_id, created_at, closed_at
    from deals.deals where deleted_at is null;
grant select on deals.report_deals to reos_app, reos_system;
