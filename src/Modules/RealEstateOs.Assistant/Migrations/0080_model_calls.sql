-- What a language model took and cost, a row a request.
create table assistant.model_calls (
    id              bigint generated always as identity primary key,
    organization_id bigint      not null,
    user_id         bigint      not null,
    model           text        not null,
    tokens          int         not null,
    input_tokens    int,
    output_tokens   int,
    cost            numeric(18, 6),
    outcome         text,
    milliseconds    int,
    called_at       timestamptz not null
);
select platform.protect('assistant.model_calls');
create index model_calls_by_time on assistant.model_calls (organization_id, called_at);

-- How much of its month's budget an organization has used or set aside; changed together with the rows above.
create table assistant.model_months (
    organization_id bigint not null,
    month           date   not null,
    tokens          bigint not null,
    primary key (organization_id, month)
);
select platform.protect('assistant.model_months');
