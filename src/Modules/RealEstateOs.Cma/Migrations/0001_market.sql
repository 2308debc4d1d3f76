-- Sales and rents of whole markets: reference data that all organizations read and only the installation writes.
create schema if not exists market;
grant usage on schema market to reos_app, reos_system;

create table market.imports (
    id           bigint generated always as identity primary key,
    kind         text        not null check (kind in ('sales', 'rents')),
    source       text        not null,             -- name of the file, or 'sample'
    state        text        not null default 'running' check (state in ('running', 'completed', 'failed')),
    rows_read    bigint      not null default 0,
    inserted     bigint      not null default 0,
    updated      bigint      not null default 0,
    duplicates   bigint      not null default 0,   -- rows of the file that a later row with the same number replaced
    refused      bigint      not null default 0,
    refusals     jsonb       not null default '[]',  -- the first ones: line and reason
    set_aside    jsonb       not null default '{}',  -- reason: rows
    error        text,
    started_at   timestamptz not null default now(),
    finished_at  timestamptz
);

create table market.sales (
    market             text             not null,
    transaction_number text             not null,
    property_number    text,
    currency           text             not null,
    sold_on            date             not null,
    area               text             not null,
    area_as_published  text,
    project            text,
    master_project     text,
    building           text,
    nearest_metro      text,
    kind               text             not null,
    property_type      text,
    sub_type           text,
    usage              text             not null,
    bedrooms           int,
    rooms              text,
    off_plan           boolean          not null,
    free_hold          boolean,
    procedure          text,
    sale_kind          text             not null,
    price              numeric(18, 2)   not null,
    size_sqm           double precision not null,
    latitude           double precision,
    longitude          double precision,
    traits             real[],
    set_aside          text             not null,  -- 'none', or why the sale is no comparable
    sample             boolean          not null,  -- invented, for trying the product
    import_id          bigint           not null references market.imports,
    primary key (market, transaction_number)
);
create index sales_evidence on market.sales (market, sold_on) where set_aside = 'none';

-- The registry gives contracts no number: the key is a digest of the contract and how many like it came before in its file.
create table market.rents (
    market        text             not null,
    key           text             not null,
    currency      text             not null,
    registered_on date             not null,
    starts_on     date,
    ends_on       date,
    renewal       boolean          not null,
    area          text             not null,
    project       text,
    kind          text             not null,
    usage         text             not null,
    bedrooms      int,
    size_sqm      double precision not null,
    annual_rent   numeric(18, 2)   not null,
    set_aside     text,
    sample        boolean          not null,
    import_id     bigint           not null references market.imports,
    primary key (market, key)
);
create index rents_evidence on market.rents (market, registered_on) where set_aside is null;

-- What was learned from the sales: a row a training, the newest serves.
create table market.models (
    id          bigint generated always as identity primary key,
    market      text        not null,
    market_data text        not null,   -- sample, dld or imported
    as_of       date        not null,
    sales       int         not null,
    last_import bigint,
    summary     jsonb       not null,
    bytes       bytea       not null,
    trained_in  interval    not null,
    trained_at  timestamptz not null default now()
);
create index models_newest on market.models (market, id desc);

grant select on market.imports, market.sales, market.rents, market.models to reos_app;
grant select, insert, update, delete on market.imports, market.sales, market.rents, market.models to reos_system;
