-- What becomes of a message stands in the same columns, whether a campaign, a sequence or a person sent it.
alter table outreach.campaign_recipients add column replied_at timestamptz, add column complained_at timestamptz;
alter table outreach.step_runs add column complained_at timestamptz;
alter table outreach.communications
    drop column transport, drop column provider_id, -- as in platform.messages
    add column machine_opened_at timestamptz, add column machine_clicked_at timestamptz, add column last_link int,
    add column last_link_at timestamptz, add column unsubscribed_at timestamptz, add column complained_at timestamptz;
alter table outreach.communications rename column recipient to address;
alter table outreach.communications rename column failure to reason;

-- A complaint was a word without a time; when it came in is known.
update outreach.communications c set complained_at = coalesce(
    (select min(e.received_at) from outreach.provider_events e where e.organization_id = c.organization_id and e.reference = 'comm_' || c.id
        and e.event in ('spamreport', 'spam_report')),
    c.sent_at, c.created_at)
where c.status = 'complained';

-- One word said both where it stands and how far it came: the first is what is written, the second follows from it and from the times.
drop index outreach.communications_by_status;
alter table outreach.communications rename column status to state;
alter table outreach.communications alter column state type text using
    case when state = 'draft' then 'pending' when state in ('queued', 'failed', 'suppressed', 'sent') then state
        when sent_at is null then 'queued' else 'sent' end;
alter table outreach.communications add column status text not null generated always as (
    case when replied_at is not null then 'replied' when complained_at is not null then 'complained'
        when bounced_at is not null then 'bounced' when clicked_at is not null then 'clicked' when opened_at is not null then 'opened'
        when delivered_at is not null then 'delivered'
        when state = 'pending' then 'draft' else state end) stored;
create index communications_by_status on outreach.communications (organization_id, status, created_at desc, id desc);
