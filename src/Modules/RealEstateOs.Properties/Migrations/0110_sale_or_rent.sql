-- For sale or for rent; what there is was meant for sale. A rent's price is for a period.
alter table properties.properties add column purpose text not null default 'sale', add column rent_period text;
alter table properties.properties alter column purpose drop default;
alter table properties.properties add check ((purpose = 'rent') = (rent_period is not null));
create index properties_by_purpose on properties.properties (organization_id, purpose, created_at desc, id desc) where deleted_at is null;

-- Reports add prices up: a rent is no price of a home.
create or replace view properties.report_properties with (security_invoker = true) as
    select id, organization_id, property_type, status, current_stage, (case when purpose = 'sale' then price end)::numeric(18, 2) as price, currency, city, community,
        assigned_user_id, team_id, created_by, created_at, address
    from properties.properties where deleted_at is null;
drop function platform.mark_properties() cascade;
select platform.mark_changes('properties.properties', 'properties', '{property_type, status, purpose, price, currency, created_at, deleted_at}');
