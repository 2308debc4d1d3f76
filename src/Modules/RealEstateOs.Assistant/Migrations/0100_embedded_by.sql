-- What another model embedded, or none, is found without looking at what this one did.
create index passages_by_embedder on assistant.passages (embedded_by, document_id);
drop index assistant.passages_to_embed;
