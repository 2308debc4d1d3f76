-- Providers name a message by their own id, and a reply by the number that it comes from.
create index messages_by_provider on platform.messages (provider_id) where provider_id is not null;
create index messages_by_number on platform.messages (recipient, id desc) where channel = 'sms';
