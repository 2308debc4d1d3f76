-- What an office, or one of its people, means to reach in a month, quarter or year.
create table analytics.goals (
    id              bigint generated always as identity primary key,
    organization_id bigint         not null,
    metric          text           not null,
    period          text           not null,
    target          numeric(18, 2) not null check (target > 0),
    user_id         bigint,
    created_by      bigint,
    created_at      timestamptz    not null,
    updated_at      timestamptz    not null
);
select platform.protect('analytics.goals');
create unique index goals_once on analytics.goals (organization_id, metric, period, coalesce(user_id, 0));
