-- What a merge of leads looks for.
create index enquiries_by_lead on marketing.enquiries (organization_id, lead_id);
