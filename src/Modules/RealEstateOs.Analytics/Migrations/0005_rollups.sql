-- The facts that there were, and three more: won deals with where their lead came from and how long their property had been here, moves off a stage, and
-- messages that were sent, the second word naming all that became of one. The deal that a fact belongs to is seen by who has a share of it.
create or replace view analytics.facts with (security_invoker = true) as
    select 'leads' as fact, l.organization_id, l.id, l.created_at as at, l.assigned_to as person, l.created_by, l.status as first, l.source as second, null as third,
        l.first_response_minutes::numeric as a, l.score::numeric as b, null::numeric as c, null::bigint as deal_id
    from leads.report_leads l
    union all
    select 'properties', p.organization_id, p.id, p.created_at, p.assigned_user_id, p.created_by, p.status, p.property_type, p.currency, p.price, null, null, null
    from properties.report_properties p
    union all
    select 'deals', d.organization_id, d.id, d.created_at, d.assigned_to, d.created_by, d.stage, d.deal_type, d.currency, d.value, null, null, d.id
    from deals.report_deals d
    union all
    select 'closed', d.organization_id, d.id, d.closed_at, d.assigned_to, d.created_by, d.stage, d.deal_type, d.currency, d.value, d.gross_commission,
        extract(epoch from d.closed_at - d.created_at), d.id
    from deals.report_deals d where d.closed_at is not null and d.stage in ('closed_won', 'closed_lost')
    union all
    select 'activities', w.organization_id, w.id, w.completed_at, w.assigned_to, w.created_by, w.activity_type, null, null, null, null, null, null
    from leads.report_activities w where w.completed_at is not null and not w.called_off
    union all
    select 'client_activities', w.organization_id, w.id, w.completed_at, w.assigned_to, w.created_by, w.activity_type, null, null, null, null, null, null
    from crm.report_activities w where w.completed_at is not null and not w.called_off
    union all
    select 'won', d.organization_id, d.id, d.closed_at, d.assigned_to, d.created_by, l.source, null, d.currency, d.value, d.gross_commission,
        extract(epoch from d.closed_at - p.created_at), d.id
    from deals.report_deals d
    left join leads.report_leads l on l.id = d.lead_id and l.organization_id = d.organization_id
    left join properties.report_properties p on p.id = d.property_id and p.organization_id = d.organization_id
    where d.closed_at is not null and d.stage = 'closed_won'
    union all
    select 'stage_moves', m.organization_id, m.id, m.moved_at, d.assigned_to, d.created_by, m.from_stage, null, null,
        extract(epoch from m.moved_at - m.entered_at), null, null, d.id
    from deals.report_stage_moves m join deals.report_deals d on d.id = m.deal_id
    union all
    select 'communications', c.organization_id, c.id, c.created_at, c.created_by, c.created_by, c.channel,
        concat_ws(' ', case when c.delivered_at is not null then 'delivered' end, case when c.opened_at is not null then 'opened' end,
            case when c.clicked_at is not null then 'clicked' end, case when c.replied_at is not null then 'replied' end,
            case when c.bounced_at is not null then 'bounced' end), null, null, null, null, null
    from outreach.report_communications c where c.sent_at is not null;

-- Facts that were counted already: those of each block of 256 consecutive ids by the office's day …
create table analytics.rollup_blocks (
    organization_id bigint  not null,
    fact            text    not null,
    block           bigint  not null,
    day             date    not null,
    first           text,
    second          text,
    third           text,
    n               bigint  not null,
    a_known         bigint  not null,
    a               numeric not null,
    b_known         bigint  not null,
    b               numeric not null,
    c_known         bigint  not null,
    c               numeric not null
);
select platform.protect('analytics.rollup_blocks');
create index rollup_blocks_by_block on analytics.rollup_blocks (organization_id, fact, block);

-- … and the blocks added up, for each day and for each month.
create table analytics.rollups (
    organization_id bigint  not null,
    fact            text    not null,
    grain           text    not null check (grain in ('day', 'month')),
    start           date    not null,
    first           text,
    second          text,
    third           text,
    n               bigint  not null,
    a_known         bigint  not null,
    a               numeric not null,
    b_known         bigint  not null,
    b               numeric not null,
    c_known         bigint  not null,
    c               numeric not null,
    constraint rollups_once unique nulls not distinct (organization_id, fact, grain, start, first, second, third)
);
select platform.protect('analytics.rollups');
alter table analytics.rollups set (fillfactor = 80);

-- Which facts of an office are rolled up, by the days of which zone. What has no row here is counted from the rows.
create table analytics.rolled (
    organization_id bigint      not null,
    fact            text        not null,
    time_zone       text        not null,
    rolled_at       timestamptz not null,
    primary key (organization_id, fact)
);
select platform.protect('analytics.rolled');

-- The blocks of each fact that have changed since: their own rows, or what they name.
create view analytics.changed_blocks with (security_invoker = true) as
    select f.fact, c.organization_id, c.block
    from platform.report_changes c
    join (values ('leads', 'leads'), ('properties', 'properties'), ('deals', 'deals'), ('closed', 'deals'), ('won', 'deals'), ('activities', 'lead_activities'),
        ('client_activities', 'client_activities'), ('stage_moves', 'stage_moves'), ('communications', 'communications')) f(fact, kind) on f.kind = c.kind
    union all
    select 'won', c.organization_id, d.id >> 8
    from platform.report_changes c
    join deals.report_deals d on d.organization_id = c.organization_id and d.lead_id >= c.block << 8 and d.lead_id < (c.block + 1) << 8
    where c.kind = 'lead_sources'
    union all
    select 'won', c.organization_id, d.id >> 8
    from platform.report_changes c
    join deals.report_deals d on d.organization_id = c.organization_id and d.property_id >= c.block << 8 and d.property_id < (c.block + 1) << 8
    where c.kind = 'property_entries';
grant select on analytics.changed_blocks to reos_app, reos_system;
