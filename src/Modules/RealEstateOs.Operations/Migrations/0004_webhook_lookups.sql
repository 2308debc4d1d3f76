-- What support looks for: the webhook-id that a receiver names, and answers that were not 2xx (few, so the index is small).
create index webhook_deliveries_by_message on operations.webhook_deliveries (organization_id, message_id);
create index webhook_deliveries_by_refusal on operations.webhook_deliveries (organization_id, response_status, created_at desc, id desc) where response_status >= 300;

-- Deleting an import looks for its errors by the import alone.
drop index operations.import_errors_by_import;
create index import_errors_by_import on operations.import_errors (import_id, id);
