-- Indexes on what belongs to a record begin with the record: deleting one (the purge of what was deleted softly) looks for all that belongs to it by that
-- column alone, and an index that begins with the organization made it read the whole table each time. Lists name both and are served as before.
drop index deals.stage_moves_by_deal;
create index stage_moves_by_deal on deals.stage_moves (deal_id, id);
drop index deals.transactions_by_deal;
create index transactions_by_deal on deals.transactions (deal_id, created_at desc, id desc);
drop index deals.transaction_history_by_transaction;
create index transaction_history_by_transaction on deals.transaction_history (transaction_id, id);
drop index deals.reconciliations_by_portfolio;
create index reconciliations_by_portfolio on deals.reconciliations (portfolio_id, checked_at desc, id desc);
drop index deals.checklist_items_by_deal;
create index checklist_items_by_deal on deals.checklist_items (deal_id, "position", id);

-- What integrations ask for (changed since), the largest first, and what was closed in a time.
create index deals_by_update on deals.deals (organization_id, updated_at desc, id desc) where deleted_at is null;
create index deals_by_value on deals.deals (organization_id, value desc, id desc) where deleted_at is null;
create index deals_closed on deals.deals (organization_id, closed_at) where closed_at is not null and deleted_at is null;
