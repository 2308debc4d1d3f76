-- What programs fetched is counted beside what people did; the link before tells a program that follows them all.
alter table outreach.campaign_recipients
    add column machine_opened_at timestamptz, add column machine_clicked_at timestamptz,
    add column last_link int, add column last_link_at timestamptz;
alter table outreach.step_runs
    add column machine_opened_at timestamptz, add column machine_clicked_at timestamptz,
    add column last_link int, add column last_link_at timestamptz;
alter table outreach.campaigns
    add column machine_opened_count int not null default 0, add column machine_clicked_count int not null default 0;
