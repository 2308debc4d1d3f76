-- What a forecast is made of counts as a change, too.
drop function platform.mark_deals() cascade;
select platform.mark_changes('deals.deals', 'deals',
    '{property_id, lead_id, deal_type, stage, value, currency, commission_rate, probability, expected_close_date, closed_at, created_at, deleted_at}');
