-- How text is compared when people search and when names are matched; Folding.cs says the same in C#.
create function platform.fold(value text) returns text language sql immutable strict parallel safe as $$
    select regexp_replace(
        replace(replace(replace(
            translate(lower(regexp_replace(normalize(value, NFKD), '[\u0300-\u036F\u0640\u064B-\u065F\u0670\u06D6-\u06ED]', '', 'g')),
                'ىةٱکی٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹øđłı', 'يهاكي01234567890123456789odli'),
            'ß', 'ss'), 'æ', 'ae'), 'œ', 'oe'),
        '(^|[^\u0621-\u064A])ال(?=[\u0621-\u064A]{3})', '\1', 'g')
$$;

-- The words of a text, and where letters and digits meet the parts of a word, too: A-1204, 645-1234, 123456/2024 and 3BA are found by what people remember of them.
create function platform.search_words(value text) returns tsvector language sql immutable strict parallel safe as $$
    select to_tsvector('simple', words || ' ' || coalesce((
        select string_agg(regexp_replace(word, '([[:digit:]])(?=[^[:digit:]])|([^[:digit:]])(?=[[:digit:]])', '\1\2 ', 'g'), ' ')
        from unnest(string_to_array(words, ' ')) as word where word ~ '[0-9]' and word ~ '[^0-9]'), ''))
    from (select regexp_replace(platform.fold(value), '[^a-z0-9\u0080-\U0010FFFF]+', ' ', 'g') as words) as folded
$$;
