-- Commissions in the decimals of their currency again (0090 rounded all to two).
create or replace view deals.report_deals with (security_invoker = true) as
    select id, organization_id, property_id, lead_id, client_id, deal_type, stage, value, currency, commission_rate,
           round(value * commission_rate / 100, deals.currency_decimals(currency)) as gross_commission,
           assigned_to, team_id, created_at, closed_at, created_by, probability, expected_close_date
    from deals.deals where deleted_at is null;

-- Each move with its own number.
create or replace view deals.report_stage_moves with (security_invoker = true) as
    select m.organization_id, m.deal_id, m.from_stage, m.moved_at,
        (select max(before.moved_at) from deals.stage_moves before where before.deal_id = m.deal_id and before.id < m.id) as entered_at, m.id
    from deals.stage_moves m join deals.deals d on d.id = m.deal_id where m.from_stage is not null and d.deleted_at is null;

select platform.mark_changes('deals.deals', 'deals',
    '{property_id, lead_id, deal_type, stage, value, currency, commission_rate, closed_at, created_at, deleted_at}');
select platform.mark_changes('deals.stage_moves', 'stage_moves', '{deal_id, from_stage, moved_at}');
select platform.mark_belongings('deals.deals', 'deals.stage_moves', 'stage_moves', 'deal_id');

-- What open deals are expected to bring is counted when it is asked for, from the open ones alone.
create index deals_open on deals.deals (organization_id, expected_close_date) where stage not in ('closed_won', 'closed_lost') and deleted_at is null;
