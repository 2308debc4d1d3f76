-- What reports may read of advertising: its campaigns, what they cost, who looked at their pages and who asked.
create view marketing.report_campaigns with (security_invoker = true) as
    select id, organization_id, name, campaign_type, status, currency, budget, created_by, created_at, launched_at from marketing.campaigns where deleted_at is null;
grant select on marketing.report_campaigns to reos_app, reos_system;

create view marketing.report_expenses with (security_invoker = true) as
    select e.organization_id, e.campaign_id, e.channel, e.amount, c.currency, e.spent_on, c.created_by
    from marketing.expenses e join marketing.campaigns c on c.id = e.campaign_id where c.deleted_at is null;
grant select on marketing.report_expenses to reos_app, reos_system;

create view marketing.report_page_days with (security_invoker = true) as
    select d.organization_id, p.campaign_id, d.day, d.views, d.enquiries, c.created_by
    from marketing.landing_days d join marketing.landing_pages p on p.id = d.page_id join marketing.campaigns c on c.id = p.campaign_id where c.deleted_at is null;
grant select on marketing.report_page_days to reos_app, reos_system;

create view marketing.report_enquiries with (security_invoker = true) as
    select e.organization_id, e.campaign_id, e.lead_id, e.created_at, c.created_by
    from marketing.enquiries e join marketing.campaigns c on c.id = e.campaign_id where c.deleted_at is null;
grant select on marketing.report_enquiries to reos_app, reos_system;
