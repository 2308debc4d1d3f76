-- Renewals were written down with the tokens that they asked for and brought.
update social.calls set url = split_part(url, '?', 1), body = null, answer = null where step = 'refresh';
