-- Two leads of a campaign may become one person: both rows stay, the second as a duplicate, to which nothing leaves any more.
alter table outreach.campaign_recipients add column is_duplicate boolean not null default false;
drop index outreach.campaign_recipients_once;
create unique index campaign_recipients_once on outreach.campaign_recipients (campaign_id, lead_id) where not is_duplicate;
-- What a merge of leads looks for.
create index campaign_recipients_by_lead on outreach.campaign_recipients (organization_id, lead_id);
create index step_runs_by_lead on outreach.step_runs (organization_id, lead_id);
create index communications_by_lead on outreach.communications (organization_id, lead_id) where lead_id is not null;
