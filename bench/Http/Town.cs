using Npgsql;

namespace RealEstateOs.Bench.Http;

/// <summary>200,000 made-up properties in 50 offices, the same at each run; the office that asks has half of them.</summary>
internal static class Town
{
    public static readonly string[] Cities =
        ["Austin", "Dallas", "Houston", "Denver", "Boulder", "Phoenix", "Tucson", "Seattle", "Tacoma", "Portland", "Salem", "Boise", "Reno",
            "Fresno", "Oakland", "Pasadena", "Irvine", "Omaha", "Lincoln", "Wichita"];

    public static readonly string[] Streets =
        ["Maple", "Cedar", "Pine", "Elm", "Birch", "Walnut", "Willow", "Aspen", "Chestnut", "Hickory", "Juniper", "Magnolia", "Sycamore",
            "Poplar", "Laurel", "Spruce", "Hawthorn", "Cypress", "Dogwood", "Alder"];

    public static readonly string[] Features =
        ["granite", "marble", "quartz", "hardwood", "bamboo", "vaulted", "skylit", "fenced", "landscaped", "terraced", "gated", "wooded",
            "secluded", "renovated", "restored", "craftsman", "colonial", "solar", "geothermal", "veranda"];

    private const string Sql =
        """
        select setseed(0.42);
        insert into properties.properties (organization_id, address, city, state, zip_code, country, property_type, status, price,
            estimated_value, currency, bedrooms, bathrooms, square_feet,
            year_built, description, features, amenities, tags, owner_name, owner_phone, owner_email, bird_dog_score, current_stage,
            stage_changed_at, external_id, has_memo, has_reply, created_at, updated_at)
        select case when n % 2 = 0 then $1 else 1000000 + n % 49 end,
            (100 + r1 * 9800)::int || ' ' || ($3::text[])[1 + (r7 * 19.9)::int % 20] || ' Street', ($2::text[])[c], 'TX',
            lpad((10000 + c * 2000 + (r3 * 80)::int)::text, 5, '0'), 'US',
            (array['villa', 'apartment', 'townhouse', 'land', 'office', 'condo'])[1 + n % 6], (array['available', 'sold'])[1 + n % 2],
            round((80000 + r4 * r4 * 1420000)::numeric, -2), round((90000 + r4 * r4 * 1500000)::numeric, -2), 'USD', 1 + (r5 * 5)::int,
            1 + ((r6 * 8)::int) / 2.0, 500 + (r5 * 4500)::int, 1900 + (r1 * 123)::int,
            'This ' || ($4::text[])[1 + (r1 * 19.9)::int % 20] || ' home on a quiet block offers a '
                || ($4::text[])[1 + (r2 * 19.9)::int % 20] || ' kitchen and a ' || ($4::text[])[1 + (r3 * 19.9)::int % 20]
                || ' yard close to schools, shops and transit. The seller added a ' || ($4::text[])[1 + (r6 * 19.9)::int % 20]
                || ' upgrade last year, and an inspection report is on file.',
            array['heating'], '{}', array['tag' || n % 50, 'tag' || n % 7], 'Owner ' || n % 5000,
            '+1555' || lpad((n % 10000000)::text, 7, '0'), 'owner' || n || '@example.com', round((r5)::numeric, 2),
            (array['new', 'outreach', 'qualified', 'negotiation', 'under_contract'])[1 + n / 3 % 5], now(), 'B' || n, false, false,
            timestamptz '2026-01-01' - r2 * r3 * interval '700 days', timestamptz '2026-01-01'
        from (select n, 1 + (random() * 19.9)::int % 20 as c, random() r1, random() r2, random() r3, random() r4, random() r5, random() r6,
            random() r7 from generate_series(1, 200000) n) as made;
        """;

    public static async Task<long[]> LoadAsync(NpgsqlDataSource system, long office)
    {
        foreach (var statement in Sql.Split(";\n", StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            await using var one = system.CreateCommand(statement);
            one.CommandTimeout = 600;
            if (statement.Contains("$1", StringComparison.Ordinal))
                foreach (var value in (object[])[office, Cities, Streets, Features]) one.Parameters.Add(new() { Value = value });
            await one.ExecuteNonQueryAsync();
        }
        await using var ids = system.CreateCommand("select id from properties.properties where organization_id = $1 order by id");
        ids.Parameters.Add(new() { Value = office });
        var found = new List<long>();
        await using var rows = await ids.ExecuteReaderAsync();
        while (await rows.ReadAsync()) found.Add(rows.GetInt64(0));
        return [.. found];
    }
}
