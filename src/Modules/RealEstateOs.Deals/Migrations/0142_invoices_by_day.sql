-- Invoices of a month or a quarter, as an accountant asks for them.
create index invoices_by_day on deals.invoices (organization_id, issued_on desc, id desc);
