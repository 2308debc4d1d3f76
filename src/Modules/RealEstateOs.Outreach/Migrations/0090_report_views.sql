-- What reports may read of campaigns and of what was written to people.
create view outreach.report_campaigns with (security_invoker = true) as
    select id, organization_id, name, campaign_type, status, total_recipients, sent_count, delivered_count, opened_count, clicked_count, bounced_count, unsubscribed_count,
        created_by, created_at, started_at
    from outreach.campaigns where deleted_at is null;
grant select on outreach.report_campaigns to reos_app, reos_system;

create view outreach.report_communications with (security_invoker = true) as
    select id, organization_id, channel, created_by, created_at, sent_at, delivered_at, opened_at, clicked_at, replied_at, bounced_at from outreach.communications;
grant select on outreach.report_communications to reos_app, reos_system;
