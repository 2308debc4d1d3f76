-- A team's leads, as properties and deals have it.
create index leads_by_team on leads.leads (organization_id, team_id, created_at desc, id desc) where deleted_at is null;
