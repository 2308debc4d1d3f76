-- The last day that an office was told about: one row each, moved in the transaction that posts the mails.
create table cma.daily_reports (
    organization_id bigint primary key,
    told_of         date not null
);
select platform.protect('cma.daily_reports');
