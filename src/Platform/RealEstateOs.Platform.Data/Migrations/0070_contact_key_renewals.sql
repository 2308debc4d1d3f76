-- How far each table's keys of addresses and numbers were renewed since the program last learned to read them better.
create table platform.contact_key_renewals (
    table_name  text primary key,
    version     int    not null,
    last_id     bigint not null,
    finished_at timestamptz
);
grant select, insert, update on platform.contact_key_renewals to reos_system;
