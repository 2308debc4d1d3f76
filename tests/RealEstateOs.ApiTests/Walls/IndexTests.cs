using Npgsql;
using RealEstateOs.ApiTests.Fixture;

namespace RealEstateOs.ApiTests.Walls;

/// <summary>What must not read whole tables: discovered, so that new tables are held to it without being listed.</summary>
public sealed class IndexTests(Server server)
{
    /// <summary>References that nobody looks for from the other end, each with its reason.</summary>
    private static readonly HashSet<string> NotFollowed =
    [
        "market.sales.import_id", "market.rents.import_id", // imports of the registry are never deleted
        "auth.user_roles.role_id", "auth.users.team_id", // roles and teams are deleted by hand, among a few people
        "auth.sessions.user_id", // people are deactivated, never deleted
    ];

    [Fact]
    public async Task What_belongs_to_a_record_is_found_by_the_record_alone_because_deleting_it_asks_so()
    {
        // Of a key of two columns the organization does not count: it has many.
        var slow = await ReadAsync(server.Addresses.SystemConnectionString,
            """
            select k.conrelid::regclass || '.' || a.attname
            from pg_constraint k join pg_class c on c.oid = k.conrelid join pg_namespace n on n.oid = c.relnamespace
            cross join lateral (select a.attname, a.attnum from pg_attribute a where a.attrelid = k.conrelid and a.attnum = any (k.conkey)
                and a.attname <> 'organization_id' limit 1) a
            where k.contype = 'f' and n.nspname not in ('hangfire', 'public')
                and not exists (select from pg_index i where i.indrelid = k.conrelid and i.indkey[0] = a.attnum
                    and (i.indpred is null or pg_get_expr(i.indpred, i.indrelid) = format('(%I IS NOT NULL)', a.attname)))
            order by 1
            """);
        Assert.Empty(slow.Except(NotFollowed));
    }

    [Fact]
    public async Task Searches_and_tags_use_their_indexes_below_row_level_security()
    {
        var indexes = (await ReadAsync(server.Addresses.SystemConnectionString,
            "select schemaname || '.' || tablename || ' ' || substring(indexdef from ', ([a-z_]+)\\)') from pg_indexes "
                + "where indexdef like '%USING gin (organization_id, %' order by 1")).ConvertAll(i => i.Split(' '));
        Assert.Contains(indexes, i => i[0] == "leads.leads" && i[1] == "search_vector");
        Assert.Contains(indexes, i => i[0] == "properties.properties" && i[1] == "tags");
        foreach (var index in indexes)
        {
            var condition = index[1] == "search_vector" ? "search_vector @@ to_tsquery('simple', 'mar:*')"
                : $"array['sea view'] <@ {index[1]}";
            var plan = await ReadAsync(server.Addresses.AppConnectionString,
                $"explain select id from {index[0]} where organization_id = 1 and {condition}",
                "set app.organization_id = '1'; set enable_seqscan = off");
            Assert.Contains(plan, line =>
                line.Contains("Index Cond", StringComparison.Ordinal) && line.Contains(index[1], StringComparison.Ordinal));
        }
    }

    [Fact]
    public async Task What_lies_around_a_place_is_found_by_the_box_around_it()
    {
        // Of a few rows one index is as good as another.
        var office = await server.NewOfficeAsync();
        await ReadAsync(server.Addresses.SystemConnectionString,
            $$"""
            insert into properties.properties (organization_id, address, city, status, currency, features, amenities, tags, current_stage,
                stage_changed_at, has_memo, has_reply, latitude, longitude, created_at, updated_at)
            select {{office.OrganizationId}}, n || ' Palm Street', 'Dubai', 'available', 'AED', '{}', '{}', '{}', 'new', now(), false,
                false, n / 100.0, n / 100.0, now(), now() from generate_series(1, 3000) n
            """);
        await ReadAsync(server.Addresses.OwnerConnectionString, "analyze properties.properties");
        var plan = await ReadAsync(server.Addresses.AppConnectionString,
            $"""
             explain select id from properties.properties where organization_id = {office.OrganizationId} and deleted_at is null
                 and latitude >= 25 and latitude <= 25.1 and longitude >= 25 and longitude <= 25.1
             """,
            $"set app.organization_id = '{office.OrganizationId}'; set enable_seqscan = off");
        Assert.Contains(plan, line => line.Contains("properties_by_place", StringComparison.Ordinal));
        Assert.Contains(plan, line => line.Contains("Index Cond", StringComparison.Ordinal)
            && line.Contains("longitude", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_list_by_tags_has_what_has_all_of_them()
    {
        var office = await server.NewOfficeAsync();
        var both = await office.NewPropertyAsync(Samples.Property(("tags", new[] { "pool", "sea view" })));
        await office.NewPropertyAsync(Samples.Property(("tags", new[] { "pool" })));
        Assert.Equal([both], (await office.Admin.GetAsync("/api/v1/properties?tags=sea%20view,pool")).Must(200).Items()
            .Select(p => p.Id()));
        Assert.Equal(2, (await office.Admin.GetAsync("/api/v1/properties?tags=pool&tags=")).Must(200).Items().Length);
        Assert.Equal(2, (await office.Admin.GetAsync("/api/v1/properties?tags=,")).Must(200).Items().Length);
    }

    private static async Task<List<string>> ReadAsync(string connectionString, string sql, string? before = null)
    {
        await using var source = NpgsqlDataSource.Create(connectionString);
        await using var connection = await source.OpenConnectionAsync(TestContext.Current.CancellationToken);
        if (before is not null)
        {
            await using var setting = new NpgsqlCommand(before, connection);
            await setting.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
        }
        await using var command = new NpgsqlCommand(sql, connection);
        await using var reader = await command.ExecuteReaderAsync(TestContext.Current.CancellationToken);
        var lines = new List<string>();
        while (await reader.ReadAsync(TestContext.Current.CancellationToken)) lines.Add(reader.GetString(0));
        return lines;
    }
}
