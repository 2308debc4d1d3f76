-- A team's deals; transactions of a property, and by their day.
create index deals_by_team on deals.deals (organization_id, team_id, created_at desc, id desc) where deleted_at is null;
create index transactions_by_property on deals.transactions (organization_id, property_id, created_at desc, id desc);
create index transactions_by_date on deals.transactions (organization_id, transaction_date, id);
