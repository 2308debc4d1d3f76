-- A lead may be in a campaign twice since leads merge, so the unique index no longer finds all recipients of a campaign.
create index campaign_recipients_by_campaign on outreach.campaign_recipients (campaign_id, id);
