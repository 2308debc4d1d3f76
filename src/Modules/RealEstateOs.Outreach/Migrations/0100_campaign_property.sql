-- What a campaign is about; its property fills the variables of everybody's message.
alter table outreach.campaigns add column property_id bigint;
