-- Figures count the posts that were published within some days.
create index posts_by_publication on social.posts (organization_id, published_at) where published_at is not null;
