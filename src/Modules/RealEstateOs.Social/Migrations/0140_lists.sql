-- What a list of posts is asked for most: those that failed, that wait, that are drafts.
create index posts_by_status on social.posts (organization_id, status, created_at desc, id desc);
