-- Won deals are further comparables of their office, the latest first.
create index deals_won on deals.deals (organization_id, closed_at desc, id desc) where stage = 'closed_won' and deleted_at is null;
