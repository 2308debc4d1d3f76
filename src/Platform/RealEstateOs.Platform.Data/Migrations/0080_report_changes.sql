-- What has changed of the rows that figures are counted from: one entry for each statement and block of 256 consecutive ids, written by triggers with the
-- change. Entries are only added and, by the one reader that folds them, removed: no two writers ever wait for each other here.
create table platform.report_changes (
    organization_id bigint not null,
    kind            text   not null,
    block           bigint not null
);
select platform.protect('platform.report_changes');
create index report_changes_by_kind on platform.report_changes (organization_id, kind, block);
alter table platform.report_changes set (autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_insert_scale_factor = 0.05, autovacuum_analyze_scale_factor = 0.05);

-- Marks the blocks of a table's rows that came, went or changed in one of the columns. Tables have an id and an organization that never change.
create function platform.mark_changes(source regclass, kind text, columns text[], on_insert boolean default true) returns void language plpgsql as $mark$
declare
    name text := format('platform.%I', 'mark_' || kind);
    differs text := (select format('(%s) is distinct from (%s)', string_agg(format('a.%I', c), ', '), string_agg(format('b.%I', c), ', ')) from unnest(columns) c);
begin
    execute format(
        $create$
        create function %s() returns trigger language plpgsql as $body$
        begin
            if tg_op = 'INSERT' then
                insert into platform.report_changes select distinct organization_id, %L, id >> 8 from after;
            elsif tg_op = 'DELETE' then
                insert into platform.report_changes select distinct organization_id, %L, id >> 8 from before;
            else
                insert into platform.report_changes select distinct a.organization_id, %L, a.id >> 8 from after a join before b using (id) where %s;
            end if;
            return null;
        end
        $body$
        $create$, name, kind, kind, kind, differs);
    if on_insert then
        execute format('create trigger %I after insert on %s referencing new table as after for each statement execute function %s()', kind || '_came', source, name);
    end if;
    execute format('create trigger %I after delete on %s referencing old table as before for each statement execute function %s()', kind || '_went', source, name);
    execute format('create trigger %I after update on %s referencing old table as before new table as after for each statement execute function %s()',
        kind || '_changed', source, name);
end
$mark$;

-- Marks the blocks of what belongs to a record when that is deleted softly or restored.
create function platform.mark_belongings(owner regclass, belonging regclass, kind text, owner_column text) returns void language plpgsql as $mark$
declare
    name text := format('platform.%I', 'mark_owned_' || kind);
begin
    execute format(
        $create$
        create function %s() returns trigger language plpgsql as $body$
        begin
            insert into platform.report_changes
            select distinct c.organization_id, %L, c.id >> 8
            from after a join before b using (id) join %s c on c.%I = a.id where a.deleted_at is distinct from b.deleted_at;
            return null;
        end
        $body$
        $create$, name, kind, belonging, owner_column);
    execute format('create trigger %I after update on %s referencing old table as before new table as after for each statement execute function %s()',
        kind || '_owner_changed', owner, name);
end
$mark$;
