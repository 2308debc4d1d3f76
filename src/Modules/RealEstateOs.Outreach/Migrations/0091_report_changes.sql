select platform.mark_changes('outreach.communications', 'communications',
    '{channel, created_at, sent_at, delivered_at, opened_at, clicked_at, replied_at, bounced_at}');
