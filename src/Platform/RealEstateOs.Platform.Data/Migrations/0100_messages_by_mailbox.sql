-- An answer that names no message of ours belongs to the last mail that its sender got.
create index messages_by_mailbox on platform.messages (recipient, id desc) where channel = 'email' and reference is not null;
