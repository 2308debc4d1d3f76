-- Which marketing package a campaign came from: a launch that is repeated hands nothing over twice.
alter table social.campaigns add column package_id bigint;
create unique index campaigns_of_package on social.campaigns (organization_id, package_id) where package_id is not null;

-- What reports may read of posts, with what was measured of each at last. Null: nobody measured it.
create view social.report_posts with (security_invoker = true) as
    select p.id, p.organization_id, p.campaign_id, p.property_id, p.platform, p.post_type, p.status, p.scheduled_at, p.published_at, p.created_by, p.created_at,
           i.reach, i.views, i.likes + i.comments + coalesce(i.shares, 0) + coalesce(i.saves, 0) as engagement,
           (select coalesce(sum(d.clicks), 0) from social.link_days d where d.post_id = p.id) as link_clicks,
           (select count(*) from social.post_leads l where l.post_id = p.id) as leads
    from social.posts p
    left join lateral (select * from social.insights i where i.post_id = p.id order by i.measured_at desc limit 1) i on true;
grant select on social.report_posts to reos_app, reos_system;
