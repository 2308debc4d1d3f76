create schema if not exists assistant;
grant usage on schema assistant to reos_app, reos_system;

-- What the assistant may read from: files that people brought in, and the texts of knowledge articles.
create table assistant.documents (
    id                  bigint generated always as identity primary key,
    organization_id     bigint      not null,
    title               text        not null,
    kind                text        not null,
    file_name           text,
    file_key            text,
    file_size           bigint,
    content_type        text,
    sha256              text,
    text                text,
    access              text        not null,
    team_id             bigint,
    required_permission text,
    status              text        not null,
    error               text,
    language            text,
    pages               int,
    passages            int         not null,
    generation          int         not null,
    processed_at        timestamptz,
    created_by          bigint,
    created_at          timestamptz not null,
    updated_at          timestamptz not null,
    deleted_at          timestamptz
);
select platform.protect('assistant.documents');
create index documents_by_age on assistant.documents (organization_id, created_at desc, id desc) where deleted_at is null;
create index documents_deleted on assistant.documents (deleted_at) where deleted_at is not null;

-- Pieces of documents. Letters are folded and Arabic words stemmed before they come here; the stemming of English is PostgreSQL's.
create table assistant.passages (
    id              bigint generated always as identity primary key,
    organization_id bigint   not null,
    document_id     bigint   not null references assistant.documents on delete cascade,
    generation      int      not null,
    ordinal         int      not null,
    page            int,
    heading         text,
    content         text     not null,
    words           int      not null,
    language        text     not null,
    search_vector   tsvector,
    embedding       real[],
    embedded_by     text,
    revision        bigint
);
select platform.protect('assistant.passages');
create index passages_by_document on assistant.passages (document_id, ordinal);
create index passages_search on assistant.passages using gin (organization_id, search_vector);
create index passages_to_embed on assistant.passages (organization_id, id) where embedded_by is null;
create index passages_by_revision on assistant.passages (organization_id, revision) where embedding is not null;

-- In how many passages of an organization a word stands: rare words say more, and misspelt ones are looked up here.
create table assistant.lexemes (
    organization_id bigint not null,
    lexeme          text collate "C" not null,
    passages        int    not null,
    primary key (organization_id, lexeme)
);
select platform.protect('assistant.lexemes');

-- How many passages an organization has, and a revision that rises with each change of them.
create table assistant.corpora (
    organization_id bigint primary key,
    passages        int    not null,
    revision        bigint not null
);
select platform.protect('assistant.corpora');

create table assistant.knowledge_articles (
    id              bigint generated always as identity primary key,
    organization_id bigint      not null,
    document_id     bigint      not null references assistant.documents,
    title           text        not null,
    content         text        not null,
    category        text,
    tags            text[]      not null,
    review_id       bigint,
    created_by      bigint,
    created_at      timestamptz not null,
    updated_at      timestamptz not null
);
select platform.protect('assistant.knowledge_articles');
create unique index knowledge_articles_by_title on assistant.knowledge_articles (organization_id, lower(title));
create index knowledge_articles_by_document on assistant.knowledge_articles (document_id);

create table assistant.chat_sessions (
    id              bigint generated always as identity primary key,
    organization_id bigint      not null,
    title           text        not null,
    property_id     bigint,
    last_sequence   int         not null,
    last_message_at timestamptz,
    created_by      bigint,
    created_at      timestamptz not null,
    updated_at      timestamptz not null
);
select platform.protect('assistant.chat_sessions');
create index chat_sessions_by_person on assistant.chat_sessions (organization_id, created_by, id desc);

-- One line of a conversation; its sequence is what a client that lost the connection resumes after.
create table assistant.chat_messages (
    id              bigint generated always as identity primary key,
    organization_id bigint      not null,
    session_id      bigint      not null references assistant.chat_sessions on delete cascade,
    sequence        int         not null,
    role            text        not null,
    state           text        not null,
    content         text        not null,
    answer          jsonb,
    client_id       text,
    created_by      bigint,
    created_at      timestamptz not null,
    updated_at      timestamptz not null
);
select platform.protect('assistant.chat_messages');
create unique index chat_messages_in_order on assistant.chat_messages (session_id, sequence);
-- A client that does not know whether its message arrived sends it again.
create unique index chat_messages_once on assistant.chat_messages (session_id, client_id) where client_id is not null;

create table assistant.expert_reviews (
    id              bigint generated always as identity primary key,
    organization_id bigint      not null,
    content         text        not null,
    ai_output       text,
    notes           text,
    priority        text        not null,
    status          text        not null,
    decision        text,
    assigned_to     bigint,
    edited_content  text,
    diff            text,
    decision_notes  text,
    decided_by      bigint,
    decided_at      timestamptz,
    message_id      bigint,
    article_id      bigint,
    created_by      bigint,
    created_at      timestamptz not null,
    updated_at      timestamptz not null
);
select platform.protect('assistant.expert_reviews');
create index expert_reviews_queue on assistant.expert_reviews (organization_id, status, id);

create table assistant.feedback (
    id              bigint generated always as identity primary key,
    organization_id bigint      not null,
    rating          int,
    helpful         boolean,
    comment         text,
    category        text,
    message_id      bigint,
    created_by      bigint,
    created_at      timestamptz not null,
    updated_at      timestamptz not null
);
select platform.protect('assistant.feedback');
create index feedback_by_age on assistant.feedback (organization_id, created_at desc, id desc);
