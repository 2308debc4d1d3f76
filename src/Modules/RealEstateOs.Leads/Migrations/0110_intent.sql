-- What a lead wants: to buy, to rent, to sell, to let.
alter table leads.leads add column intent text;
create index leads_by_intent on leads.leads (organization_id, intent, created_at desc, id desc) where deleted_at is null and intent is not null;
