create or replace view deals.report_deals with (security_invoker = true) as
    select id, organization_id, property_id, lead_id, client_id, deal_type, stage, value, currency, commission_rate, round(value * commission_rate / 100, 2) as gross_commission,
           assigned_to, team_id, created_at, closed_at, created_by, probability, expected_close_date
    from deals.deals where deleted_at is null;

-- Each move off a stage, and since when the deal had stood on it.
create view deals.report_stage_moves with (security_invoker = true) as
    select m.organization_id, m.deal_id, m.from_stage, m.moved_at,
        (select max(before.moved_at) from deals.stage_moves before where before.deal_id = m.deal_id and before.id < m.id) as entered_at
    from deals.stage_moves m join deals.deals d on d.id = m.deal_id where m.from_stage is not null and d.deleted_at is null;
grant select on deals.report_stage_moves to reos_app, reos_system;
create index stage_moves_by_time on deals.stage_moves (organization_id, moved_at) where from_stage is not null;

-- Money that was booked; that of a deleted deal is not.
create view deals.report_transactions with (security_invoker = true) as
    select t.id, t.organization_id, t.deal_id, t.transaction_type, t.amount, t.currency, t.transaction_date, t.created_by
    from deals.transactions t left join deals.deals d on d.id = t.deal_id where t.status = 'completed' and d.deleted_at is null;
grant select on deals.report_transactions to reos_app, reos_system;
create index transactions_completed on deals.transactions (organization_id, transaction_date) where status = 'completed';
