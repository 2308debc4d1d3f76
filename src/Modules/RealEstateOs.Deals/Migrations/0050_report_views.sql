-- What reports may read of deals, and whose share of each is what: the splits, or all of it the assignee's.
create view deals.report_deals with (security_invoker = true) as
    select id, organization_id, property_id, lead_id, client_id, deal_type, stage, value, currency, commission_rate, round(value * commission_rate / 100, 2) as gross_commission,
           assigned_to, team_id, created_at, closed_at
    from deals.deals where deleted_at is null;
grant select on deals.report_deals to reos_app, reos_system;

create view deals.report_shares with (security_invoker = true) as
    select s.organization_id, s.deal_id, s.user_id, s.percent from deals.splits s
    union all
    select d.organization_id, d.id, d.assigned_to, 100 from deals.deals d
    where d.assigned_to is not null and not exists (select from deals.splits s where s.deal_id = d.id);
grant select on deals.report_shares to reos_app, reos_system;
