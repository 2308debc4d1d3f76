-- Whose a deal is counts as a change, and so does who has a share of it: noted by the deal's block.
drop function platform.mark_deals() cascade;
select platform.mark_changes('deals.deals', 'deals',
    '{property_id, lead_id, deal_type, stage, value, currency, commission_rate, probability, expected_close_date, assigned_to, closed_at, created_at, deleted_at}');

create function platform.mark_shares() returns trigger language plpgsql as $body$
begin
    if tg_op <> 'DELETE' then
        insert into platform.report_changes select distinct organization_id, 'deals', deal_id >> 8 from after;
    end if;
    if tg_op <> 'INSERT' then
        insert into platform.report_changes select distinct organization_id, 'deals', deal_id >> 8 from before;
    end if;
    return null;
end
$body$;
create trigger shares_came after insert on deals.splits referencing new table as after for each statement execute function platform.mark_shares();
create trigger shares_went after delete on deals.splits referencing old table as before for each statement execute function platform.mark_shares();
create trigger shares_changed after update on deals.splits referencing old table as before new table as after
    for each statement execute function platform.mark_shares();
