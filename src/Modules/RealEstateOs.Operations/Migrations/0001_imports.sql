create schema if not exists operations;
grant usage on schema operations to reos_app, reos_system;

-- rows_read is the cursor: it moves in the transaction of the rows it counts, so a run that was killed goes on where the last batch was committed.
create table operations.imports (
    id              bigint generated always as identity primary key,
    organization_id bigint      not null,
    entity          text        not null,
    file_name       text        not null,
    file_key        text        not null,
    file_size       bigint      not null,
    format          text        not null,
    settings        jsonb       not null,
    dry_run         boolean     not null,
    status          text        not null,
    job_id          bigint,
    mapping         jsonb       not null,
    defaults        jsonb       not null,
    rows_read       bigint      not null,
    inserted        bigint      not null,
    updated         bigint      not null,
    unchanged       bigint      not null,
    failed          bigint      not null,
    repeated        bigint      not null,
    progress        int         not null,
    error           text,
    started_at      timestamptz,
    finished_at     timestamptz,
    created_by      bigint,
    created_at      timestamptz not null,
    updated_at      timestamptz not null
);
select platform.protect('operations.imports');
create index imports_by_age on operations.imports (organization_id, created_at desc, id desc);

-- The first thousand refused rows of an import; the others are counted.
create table operations.import_errors (
    id              bigint generated always as identity primary key,
    organization_id bigint not null,
    import_id       bigint not null references operations.imports on delete cascade,
    line            bigint not null,
    field           text,
    code            text   not null,
    message         text   not null
);
select platform.protect('operations.import_errors');
create index import_errors_by_import on operations.import_errors (organization_id, import_id, id);
